package dev.chipray.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirmwareTest {
    /// What the test program prints on the desktop, the reference for all boards.
    private static String reference() {
        Path program = Firmware.find("host-O2-dwarf5.elf");
        return Command.run(List.of(program.toString()), 10).requireSuccess().output();
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm-Os-exidx"})
    void a_cortex_m_board_computes_what_the_desktop_computes(String name) throws Exception {
        Path elf = Firmware.find(name + ".elf");
        try (Qemu qemu = Qemu.arm("mps2-an385", elf).start()) {
            assertThat(qemu.waitForEnd(20)).isTrue();
            assertThat(qemu.output()).isEqualTo(reference());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"riscv-clang-O2"})
    void a_riscv_board_computes_what_the_desktop_computes(String name) throws Exception {
        Path elf = Firmware.find(name + ".elf");
        try (Qemu qemu = Qemu.riscv32(elf).start()) {
            assertThat(qemu.waitForEnd(20)).isTrue();
            assertThat(qemu.output()).isEqualTo(reference());
        }
    }

    @Test
    void gdb_connects_to_a_halted_board() {
        Path elf = Firmware.find("arm-O0-dwarf4.elf");
        try (Qemu qemu = Qemu.arm("mps2-an385", elf).halted().start()) {
            String said =
                    Gdb.run(
                            elf,
                            List.of(
                                    "target remote 127.0.0.1:" + qemu.gdbPort(),
                                    "break evaluate",
                                    "continue",
                                    "backtrace"),
                            30);
            assertThat(said).contains("trees", "one_round", "main");
        }
    }

    @Test
    void gdb_connects_to_a_desktop_program() {
        Path elf = Firmware.find("host-O0-dwarf4.elf");
        try (GdbServer server = GdbServer.start(Path.of("").toAbsolutePath(), elf)) {
            String said =
                    Gdb.run(
                            elf,
                            List.of(
                                    "target remote 127.0.0.1:" + server.port(),
                                    "break evaluate",
                                    "continue",
                                    "backtrace"),
                            30);
            assertThat(said).contains("trees", "one_round", "main");
        }
    }
}
