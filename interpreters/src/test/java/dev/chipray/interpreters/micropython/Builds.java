package dev.chipray.interpreters.micropython;

import dev.chipray.interpreters.ImageLayouts;
import dev.chipray.testkit.FirmwareImage;
import dev.chipray.testkit.MicroPythonOptions;
import java.nio.ByteOrder;
import java.util.stream.Stream;

/// Builds of MicroPython that tests run over: each encoding at least once, both byte orders, several places of members.
final class Builds {
    private Builds() {}

    static Stream<MicroPythonOptions> all() {
        MicroPythonOptions old = MicroPythonOptions.old();
        MicroPythonOptions today = MicroPythonOptions.today();
        return Stream.of(
                old,
                old.withQstrs("inline21").with(3, ByteOrder.LITTLE_ENDIAN),
                old.withQstrs("inline22").with(4, ByteOrder.BIG_ENDIAN),
                old.represented("B_OLD", 4).withBytecode("plain16"),
                old.represented("C_OLD", 4).with(5, ByteOrder.LITTLE_ENDIAN),
                old.represented("A", 4).withBytecode("packed").with(6, ByteOrder.LITTLE_ENDIAN),
                old.represented("B", 4).withBytecode("packed16").withQstrs("pairs"),
                today,
                today.with(7, ByteOrder.BIG_ENDIAN),
                today.represented("A", 8).with(8, ByteOrder.LITTLE_ENDIAN),
                today.represented("C", 4).withAreas(4),
                today.represented("D", 4),
                today.represented("D", 8).with(9, ByteOrder.LITTLE_ENDIAN));
    }

    static MicroPython open(FirmwareImage image) {
        return MicroPython.open(image::read, new ImageLayouts(image));
    }
}
