package dev.chipray.interpreters.micropython;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.testkit.MicroPythonImage;
import dev.chipray.testkit.MicroPythonOptions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassicMapTest {
    @Test
    void letters_stand_for_types_and_old_firmware_prints_five_digits() {
        MicroPythonImage image = new MicroPythonImage(MicroPythonOptions.old());
        image.list();
        image.hole(1);
        image.tuple();
        image.mark(image.allocate(20));
        image.string("bytes", "abc");

        String map = Builds.open(image.finish()).classicMap();

        assertThat(map)
                .startsWith(
                        "GC memory layout; from "
                                + Long.toHexString(image.poolStart(0))
                                + ":\n00000: L")
                .contains("T")
                .contains("m=")
                .contains("S");
    }

    @Test
    void long_free_stretches_are_counted_in_rows_and_each_area_has_its_map() {
        MicroPythonImage image = new MicroPythonImage(MicroPythonOptions.today());
        image.allocate(1);
        image.hole(200);
        image.allocate(1);
        image.nextArea();
        image.hole(60);
        image.allocate(70 * 16);

        String map = Builds.open(image.finish()).classicMap();

        assertThat(map)
                .contains("\n00000000: h.")
                .contains("\n       (2 lines all free)\n00000c00: .........h");
        assertThat(map.split("GC memory layout", -1)).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("dev.chipray.interpreters.micropython.Builds#all")
    void figures_equal_those_counted_block_by_block(MicroPythonOptions options) {
        Random random = new Random(options.seed());
        MicroPythonImage image = new MicroPythonImage(options);
        for (int i = 0; i < 30; i++) {
            image.hole(random.nextInt(4));
            image.allocate(1 + random.nextInt(3 * options.blockSize()));
        }
        MicroPython python = Builds.open(image.finish());

        long used = 0;
        int ones = 0;
        int largestFree = 0;
        int areas = python.areas().size();
        for (int a = 0; a < areas; a++) {
            byte[] kinds = image.kinds(a);
            for (int i = 0; i < kinds.length; i++) {
                used += kinds[i] != 0 ? 1 : 0;
                boolean tailFollows = i + 1 < kinds.length && kinds[i + 1] == 2;
                ones += kinds[i] == 1 && !tailFollows ? 1 : 0;
                int run = 0;
                while (i + run < kinds.length && kinds[i + run] == 0) {
                    run++;
                }
                largestFree = Math.max(largestFree, run);
            }
        }
        GcFigures figures = python.figures();
        assertThat(areas).isEqualTo(options.areas());
        assertThat(figures.used()).isEqualTo(used * options.blockSize());
        assertThat(figures.free()).isEqualTo(figures.total() - figures.used());
        assertThat(figures.oneBlocks()).isEqualTo(ones);
        assertThat(figures.largestFree()).isEqualTo(largestFree);
        assertThat(python.diagnostics()).isEmpty();
    }
}
