package dev.chipray.interpreters.micropython;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.UnsupportedException;
import dev.chipray.interpreters.ImageLayouts;
import dev.chipray.testkit.FirmwareImage;
import dev.chipray.testkit.MicroPythonImage;
import dev.chipray.testkit.MicroPythonOptions;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValuesTest {
    @ParameterizedTest
    @MethodSource("dev.chipray.interpreters.micropython.Builds#all")
    void every_build_shows_the_same_values(MicroPythonOptions options) {
        MicroPythonImage image = new MicroPythonImage(options);
        long string = image.string("str", "it's");
        long bytes = image.string("bytes", "a\nb");
        long tuple = image.tuple(image.integer(-3));
        long list = image.list(image.integer(1), image.qstrWord("héllo"), string, bytes, tuple);
        long dict =
                image.dict(image.qstrWord("key"), list, image.integer(5), image.integer(123_456));
        long type = image.newClass("Point", image.dict());
        long point = image.instance(type, image.qstrWord("x"), image.integer(7));
        long module =
                image.module(image.dict(image.qstrWord("__name__"), image.qstrWord("sensors")));
        long function = image.function("update", "main.py", module, 4, new int[] {3, 2});
        image.main(
                image.qstrWord("__name__"), image.qstrWord("__main__"), image.qstrWord("d"), dict);
        MicroPython python = Builds.open(image.finish());

        assertThat(python.diagnostics()).isEmpty();
        assertThat(python.representation().name()).isEqualTo(options.representation());
        assertThat(python.repr(dict, 200))
                .isEqualTo("{'key': [1, 'héllo', \"it's\", b'a\\nb', (-3,)], 5: 123456}");
        assertThat(python.repr(point, 200)).isEqualTo("<Point object at 0x%x>".formatted(point));
        assertThat(python.repr(type, 200)).isEqualTo("<class 'Point'>");
        assertThat(python.repr(module, 200)).isEqualTo("<module 'sensors'>");
        assertThat(python.repr(function, 200)).isEqualTo("<function update>");
        assertThat(python.typeOf(list).map(ObjectType::kind)).contains(TypeKind.LIST);
    }

    @Test
    void floats_are_words_or_objects() {
        MicroPythonImage a = new MicroPythonImage(MicroPythonOptions.today());
        long number = a.floating(2.5);
        MicroPythonImage c = new MicroPythonImage(MicroPythonOptions.today().represented("C", 4));
        c.main(c.qstrWord("x"), c.floatWord(0.25));
        MicroPythonImage d = new MicroPythonImage(MicroPythonOptions.today().represented("D", 4));
        d.main(d.qstrWord("x"), d.floatWord(1e-7));

        assertThat(Builds.open(a.finish()).repr(number, 20)).isEqualTo("2.5");
        assertThat(Builds.open(c.finish()).reprOfWord(c.floatWord(0.25), 20)).isEqualTo("0.25");
        assertThat(Builds.open(d.finish()).reprOfWord(d.floatWord(1e-7), 20)).isEqualTo("1e-07");
    }

    @Test
    void a_list_in_itself_ends_and_long_values_are_cut() {
        MicroPythonImage image = new MicroPythonImage(MicroPythonOptions.today());
        long list = image.list(image.integer(1), 0);
        FirmwareImage firmware = image.finish();
        GcArea area = Builds.open(firmware).areas().getFirst();
        long items = area.address(area.length(0));
        image.putObjects(items + 4, list);

        assertThat(Builds.open(firmware).repr(list, 40)).isEqualTo("[1, [...]]");
        assertThat(Builds.open(firmware).repr(list, 5)).isEqualTo("[1, …");
    }

    @Test
    void a_firmware_without_the_interpreter_is_refused_with_advice() {
        FirmwareImage empty = new FirmwareImage(4, ByteOrder.LITTLE_ENDIAN, 1);

        assertThatThrownBy(() -> MicroPython.open(MemoryReader.empty(), new ImageLayouts(empty)))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("mp_state_ctx")
                .hasMessageContaining("-g");
    }
}
