package dev.chipray.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.testkit.Firmware;
import dev.chipray.testkit.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// At every row of the line tables of real programs, our answer is the one that two of three tools give.
///
/// Writes what it saw to `target/symbol-agreement.txt`, from which the table in docs/debug-information.md is made.
class AgreementTest {
    private static final Set<String> PROGRAMS =
            Set.of(
                    "arm-O0-dwarf2.elf",
                    "arm-O2-dwarf3.elf",
                    "arm-Os-dwarf4.elf",
                    "arm-O2-dwarf5.elf",
                    "arm-O2-lto.elf",
                    "arm-O2-big-endian.elf",
                    "arm-O2-type-units.elf",
                    "arm-O2-zlib.elf",
                    "arm-Os-gc-sections.elf",
                    "riscv-O0-dwarf2.elf",
                    "riscv-O2-dwarf3.elf",
                    "riscv-Os-dwarf4.elf",
                    "riscv-O2-dwarf5.elf",
                    "riscv-O2-lto.elf",
                    "riscv-Os-gc-sections.elf",
                    "host-O2-dwarf2.elf",
                    "host-O2-dwarf5.elf",
                    "host-O2-lto.elf",
                    "xtensa-O2-dwarf4.elf",
                    "xtensa-O2-dwarf5.elf");

    @BeforeAll
    static void theToolsAreThere() {
        Missing.requireProgram("addr2line", "binutils");
        Missing.requireProgram("llvm-symbolizer", "llvm");
        Missing.requireProgram("gdb-multiarch", "gdb-multiarch");
    }

    @Test
    void micropython_of_the_microbit() throws IOException {
        check(List.of(Firmware.find("microbit-micropython.elf")));
    }

    @Test
    void lua_on_the_desktop_and_on_a_microcontroller() throws IOException {
        check(Firmware.all(name -> name.startsWith("lua")));
    }

    @Test
    void own_programs_for_all_targets_and_versions() throws IOException {
        check(Firmware.all(PROGRAMS::contains));
    }

    private static void check(List<Path> files) throws IOException {
        List<String> report = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Path file : files) {
            Agreement agreement = Agreement.of(file);
            assertThat(agreement.addresses).as(file.toString()).isPositive();
            report.add(agreement.toString());
            wrong.addAll(agreement.wrong);
        }
        Path target = Files.createDirectories(Path.of("target"));
        Files.write(target.resolve("symbol-agreement-" + files.size() + ".txt"), report);
        assertThat(wrong).isEmpty();
    }
}
