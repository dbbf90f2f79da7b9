package dev.chipray.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.elf.ElfFile;
import dev.chipray.testkit.ElfImage;
import dev.chipray.unwind.Frames;
import dev.chipray.unwind.Unwinder;
import dev.chipray.unwind.internal.cfi.CfiTable;
import dev.chipray.unwind.internal.cfi.FrameSection;
import java.util.Arrays;
import java.util.OptionalLong;

/// Frame sections, exception tables, code and stacks of any bytes.
class UnwindFuzzTest {
    private static final long CODE = 0x1000;
    private static final long STACK = 0x2000_0000L;
    private static final int[] MACHINES = {
        ElfImage.ARM, ElfImage.X86_64, ElfImage.XTENSA, ElfImage.RISCV
    };

    @FuzzTest(maxDuration = "5m")
    void any_frame_section_gives_rows_or_a_malformed_exception(byte[] bytes) {
        boolean exceptions = bytes.length > 0 && (bytes[0] & 1) != 0;
        ByteView view =
                ByteView.of(
                        Arrays.copyOfRange(bytes, Math.min(1, bytes.length), bytes.length),
                        ".frame");
        FrameSection section = new FrameSection(view, exceptions, 0x8000, _ -> true);
        for (FrameSection.Description description : section.descriptions()) {
            assertThat(section.find(description.start())).isNotNull();
            try {
                CfiTable.rows(section, description)
                        .forEach(row -> assertThat(row.contains(row.start())).isTrue());
            } catch (MalformedException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    /// The first byte chooses the machine and the tables that are there; code, tables and stack are the rest, over and over.
    @FuzzTest(maxDuration = "5m")
    void any_stack_is_unwound_to_an_end(byte[] bytes) {
        int choice = bytes.length > 0 ? bytes[0] : 0;
        byte[] rest = Arrays.copyOfRange(bytes, Math.min(1, bytes.length), bytes.length);
        ElfImage image = new ElfImage(MACHINES[choice & 3]);
        image.code(".text", CODE, rest);
        image.function("first", CODE, rest.length / 2);
        image.function("second", CODE + rest.length / 2, rest.length);
        if ((choice & 4) != 0) {
            image.section(".debug_frame", rest);
        }
        if ((choice & 8) != 0) {
            image.section(".eh_frame", 0x8000, rest);
        }
        if ((choice & 16) != 0) {
            image.section(".ARM.exidx", 0x9000, rest);
            image.section(".ARM.extab", 0xa000, rest);
        }
        Unwinder unwinder = Unwinder.of(ElfFile.of(ByteView.of(image.build(), "fuzz")));
        int counter = unwinder.architecture().programCounter();
        Frames frames =
                unwinder.unwind(
                        register ->
                                OptionalLong.of(
                                        register == counter
                                                ? CODE + Math.abs(choice)
                                                : STACK + register),
                        (address, into, offset, length) -> {
                            for (int i = 0; i < length; i++) {
                                into[offset + i] =
                                        rest.length == 0
                                                ? 0
                                                : rest[
                                                        (int)
                                                                Long.remainderUnsigned(
                                                                        address + i, rest.length)];
                            }
                            return length;
                        });
        assertThat(frames.size()).isBetween(1, Unwinder.MOST_FRAMES);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(frames.registers(i)).isNotNull();
        }
    }
}
