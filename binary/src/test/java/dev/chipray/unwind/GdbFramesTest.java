package dev.chipray.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.elf.ElfFile;
import dev.chipray.testkit.Firmware;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Compares frames with gdb's at random stops, about 200 per architecture; `-Dchipray.stops=5` multiplies that.
class GdbFramesTest {
    static final int FACTOR = Integer.getInteger("chipray.stops", 1);

    @ParameterizedTest
    @CsvSource({
        "arm-O0-dwarf4, 30",
        "arm-O2-dwarf5, 60",
        "arm-Os-dwarf2, 30",
        "arm-clang-O2-dwarf5, 40",
        "arm-O2-lto, 40",
        "arm-m4f-O2, 20"
    })
    void cortex_m_frames_are_those_of_gdb(String name, int count) throws IOException {
        String board = name.startsWith("arm-m4f") ? "netduinoplus2" : "mps2-an385";
        List<String> differences =
                compare(name, RecordedStops.arm(name, board, "main", count * FACTOR, 7));
        assertThat(differences.stream().limit(12)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "riscv-O0-dwarf4, 50",
        "riscv-O2-dwarf5, 80",
        "riscv-clang-O2, 70",
        "riscv64-O2, 30"
    })
    void riscv_frames_are_those_of_gdb(String name, int count) throws IOException {
        List<String> differences =
                compare(name, RecordedStops.riscv(name, "main", count * FACTOR, 7));
        assertThat(differences.stream().limit(12)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "host-O0-dwarf4, 40",
        "host-O2-dwarf5, 60",
        "host-clang-O2, 60",
        "host-O2-static, 40",
        "host-O2-debug-frame, 20"
    })
    void desktop_frames_are_those_of_gdb(String name, int count) throws IOException {
        List<String> differences =
                compare(name, RecordedStops.host(name, "main", count * FACTOR, 7));
        assertThat(differences.stream().limit(12)).isEmpty();
    }

    private static List<String> compare(String name, List<RecordedStops.Stop> stops)
            throws IOException {
        assertThat(stops).isNotEmpty();
        ElfFile elf = ElfFile.open(Firmware.find(name + ".elf"));
        StackComparison comparison =
                new StackComparison(elf, elf, StackComparison.bias(elf, stops));
        comparison.compare(stops);
        System.out.printf(
                "%s: %d stops, %.1f %% as gdb%n", name, comparison.stops(), comparison.percent());
        FrameDetails details = new FrameDetails(elf, StackComparison.bias(elf, stops));
        details.compare(stops);
        System.out.printf("%s: %s%n", name, details.counts);
        List<String> differences = new ArrayList<>(comparison.differences());
        differences.addAll(details.unexplained);
        return differences;
    }
}
