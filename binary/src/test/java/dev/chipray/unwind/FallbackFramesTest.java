package dev.chipray.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.bytes.ByteView;
import dev.chipray.elf.ElfFile;
import dev.chipray.testkit.Firmware;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Takes the better tables away from the unwinder and compares what is left with gdb, which keeps them.
class FallbackFramesTest {
    @ParameterizedTest
    @CsvSource({
        "arm-Os-exidx, EXIDX, 97", "arm-O0-exidx, EXIDX, 97",
        "arm-Os-dwarf5, PROLOGUE, 97", "arm-O0-dwarf5, PROLOGUE, 97",
        "arm-clang-Os-dwarf5, PROLOGUE, 97", "arm-m0-Os, PROLOGUE, 97"
    })
    void a_cortex_m_stack_is_found_without_call_frame_information(
            String name, UnwindMethod method, double percent) throws IOException {
        List<RecordedStops.Stop> stops =
                RecordedStops.arm(name, "mps2-an385", "main", 40 * GdbFramesTest.FACTOR, 5);
        check(name, stops, method, percent);
    }

    @ParameterizedTest
    @CsvSource({
        "riscv-O0-dwarf5, PROLOGUE, 97",
        "riscv-Os-dwarf5, PROLOGUE, 97",
        "riscv-clang-Os, PROLOGUE, 97"
    })
    void a_riscv_stack_is_found_without_call_frame_information(
            String name, UnwindMethod method, double percent) throws IOException {
        List<RecordedStops.Stop> stops =
                RecordedStops.riscv(name, "main", 40 * GdbFramesTest.FACTOR, 5);
        check(name, stops, method, percent);
    }

    @ParameterizedTest
    @CsvSource({"host-O0-dwarf5, PROLOGUE, 90", "host-clang-O0, PROLOGUE, 90"})
    void a_desktop_stack_is_mostly_found_without_call_frame_information(
            String name, UnwindMethod method, double percent) throws IOException {
        List<RecordedStops.Stop> stops =
                RecordedStops.host(name, "main", 40 * GdbFramesTest.FACTOR, 5);
        check(name, stops, method, percent);
    }

    private static void check(
            String name, List<RecordedStops.Stop> stops, UnwindMethod method, double percent)
            throws IOException {
        Path file = Firmware.find(name + ".elf");
        ElfFile elf = ElfFile.open(file);
        StackComparison comparison =
                new StackComparison(elf, withoutFrames(file), StackComparison.bias(elf, stops));
        comparison.compare(stops);
        System.out.printf(
                "%s by %s: %d stops, %.1f %% as gdb%n",
                name, comparison.methods(), comparison.stops(), comparison.percent());
        assertThat(comparison.methods()).contains(method).doesNotContain(UnwindMethod.CFI);
        assertThat(comparison.percent())
                .as("%s", comparison.differences())
                .isGreaterThanOrEqualTo(percent);
    }

    /// The program, with other names for the sections that hold call frame information.
    private static ElfFile withoutFrames(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (String name : List.of("\0.debug_frame\0", "\0.eh_frame\0")) {
            byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
            for (int at = 0; at + wanted.length <= bytes.length; at++) {
                int same = 0;
                while (same < wanted.length && bytes[at + same] == wanted[same]) {
                    same++;
                }
                if (same == wanted.length) {
                    bytes[at + 2] = 'X';
                }
            }
        }
        return ElfFile.of(ByteView.of(bytes, file.toString()));
    }
}
