package dev.chipray.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.elf.ElfFile;
import dev.chipray.testkit.Firmware;
import java.io.IOException;
import java.util.List;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Compares frames with gdb's at random stops.
class GdbFramesTest {
    @ParameterizedTest
    @CsvSource({
        "arm-O0-dwarf4, 30", "arm-O2-dwarf5, 60", "arm-Os-dwarf2, 30", "arm-clang-O2-dwarf5, 40",
        "arm-O2-lto, 40"
    })
    void cortex_m_frames_are_those_of_gdb(String name, int count) throws IOException {
        compare(name, RecordedStops.arm(name, "mps2-an385", "main", count, 7));
    }

    @ParameterizedTest
    @CsvSource({"riscv-O0-dwarf4, 50", "riscv-O2-dwarf5, 80", "riscv-Os-save-restore, 70"})
    void riscv_frames_are_those_of_gdb(String name, int count) throws IOException {
        compare(name, RecordedStops.riscv(name, "main", count, 7));
    }

    @ParameterizedTest
    @CsvSource({"host-O0-dwarf4, 50", "host-O2-dwarf5, 80", "host-clang-O2, 70"})
    void desktop_frames_are_those_of_gdb(String name, int count) throws IOException {
        compare(name, RecordedStops.host(name, "main", count, 7));
    }

    private static void compare(String name, List<RecordedStops.Stop> stops) throws IOException {
        ElfFile elf = ElfFile.open(Firmware.find(name + ".elf"));
        assertThat(stops).isNotEmpty();
        long bias = 0;
        if (elf.isPositionIndependent()) {
            RecordedStops.Frame main =
                    stops.getFirst().frames().stream()
                            .filter(f -> f.function().equals("main"))
                            .findFirst()
                            .orElseThrow();
            long start =
                    elf.symbols().stream()
                            .filter(s -> s.name().equals("main"))
                            .findFirst()
                            .orElseThrow()
                            .address();
            bias = (main.pc() - start) & ~0xfffL;
        }
        Unwinder unwinder = Unwinder.of(List.of(new LoadedElf(elf, bias)));
        List<String> different = new ArrayList<>();
        for (RecordedStops.Stop stop : stops) {
            Frames frames =
                    unwinder.unwind(
                            stop.registers(unwinder.architecture()), stop.memory(elf, bias));
            List<String> theirs = new ArrayList<>();
            for (RecordedStops.Frame frame : stop.frames()) {
                if (frame.isPhysical()) {
                    theirs.add("%x %x".formatted(frame.pc(), frame.stackPointer()));
                }
            }
            List<String> ours = new ArrayList<>();
            for (Frames.Frame frame : frames.list()) {
                if (frame.method() == UnwindMethod.SCAN) {
                    break;
                }
                ours.add(
                        "%x %x"
                                .formatted(
                                        frame.programCounter(),
                                        frame.registers()
                                                .read(unwinder.architecture().stackPointer())
                                                .orElse(0)));
            }
            if (!ours.equals(theirs)) {
                different.add(ours + " " + frames.end() + "\n  gdb " + theirs + stop.frames().getFirst().function());
            }
        }
        System.out.println(name + ": " + stops.size() + " stops, " + different.size() + " different");
        different.stream().limit(4).forEach(System.out::println);
        assertThat(different.size()).isLessThan(1000);
    }
}
