package dev.chipray.target.rsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.target.RegisterValues;
import dev.chipray.target.StopEvent;
import dev.chipray.testkit.Command;
import dev.chipray.testkit.Firmware;
import dev.chipray.testkit.GdbServer;
import dev.chipray.testkit.Qemu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RealStubTest {

    private static final int RAM = 4 << 20;

    @TempDir Path directory;

    private Qemu luaThatNeverEnds() throws IOException {
        Files.writeString(
                directory.resolve("script.lua"),
                "while true do local t = {} for i = 1, 100 do t[i] = {i} end end\n");
        return Qemu.arm("mps2-an385", Firmware.find("lua5.3-cortex-m3.elf")).in(directory).start();
    }

    private static RspTarget connect(int port) {
        return RspTarget.connect(Endpoint.parse("127.0.0.1:" + port));
    }

    static long address(Path elf, String function) {
        return Command.run(List.of("nm", elf.toString()), 20)
                .requireSuccess()
                .output()
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> words[words.length - 1].equals(function))
                .mapToLong(words -> Long.parseLong(words[0], 16))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void qemuSaysWhatItCanDo() throws IOException {
        try (Qemu qemu = luaThatNeverEnds();
                RspTarget target = connect(qemu.gdbPort())) {
            Capabilities capabilities = target.capabilities();
            assertThat(capabilities.kind()).isEqualTo(StubKind.QEMU);
            assertThat(capabilities.foundRunning()).contains(true);
            assertThat(capabilities.resumes()).contains('c', 's');
            assertThat(capabilities.described()).isTrue();
            assertThat(target.registerLayout().architecture()).startsWith("arm");
            assertThat(target.threads()).hasSize(1);
            assertThat(target.monitor("info version")).contains(".");
        }
    }

    @Test
    void allOfTheMemoryOfAQemuBoardIsReadAsItIs() throws IOException {
        Path elf = Firmware.find("lua5.3-cortex-m3.elf");
        Path binary = directory.resolve("text.bin");
        Command.run(
                        List.of(
                                "arm-none-eabi-objcopy",
                                "-O",
                                "binary",
                                "-j",
                                ".text",
                                elf.toString(),
                                binary.toString()),
                        20)
                .requireSuccess();
        byte[] text = Files.readAllBytes(binary);
        try (Qemu qemu = luaThatNeverEnds();
                RspTarget target = connect(qemu.gdbPort())) {
            byte[] ram = new byte[RAM];
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 8; i++) {
                long start = System.nanoTime();
                assertThat(target.memory().readFully(0, ram)).isTrue();
                best = Math.min(best, System.nanoTime() - start);
            }
            assertThat(Arrays.copyOf(ram, text.length)).isEqualTo(text);
            byte[] piece = new byte[777];
            assertThat(target.memory().readFully(RAM - 1000, piece)).isTrue();
            assertThat(piece).isEqualTo(Arrays.copyOfRange(ram, RAM - 1000, RAM - 223));
            System.out.printf("4 MiB from QEMU: %.3f s at best%n", best / 1e9);
            assertThat(TimeUnit.NANOSECONDS.toMillis(best)).isLessThan(1000);
        }
    }

    @Test
    void aBreakpointStopsQemuWhereItIsAndIsGoneAfterwards() throws IOException {
        long function = address(Firmware.find("lua5.3-cortex-m3.elf"), "l_alloc") & ~1;
        try (Qemu qemu = luaThatNeverEnds()) {
            byte[] before = new byte[16];
            try (RspTarget target = connect(qemu.gdbPort())) {
                target.memory().readFully(function, before);
                Breakpoint unused = target.breakAt(function, 2);
                assertThat(unused.kind()).isEqualTo(BreakpointKind.SOFTWARE);
                for (int i = 0; i < 20; i++) {
                    target.resume();
                    StopEvent stop = target.await(5000).orElseThrow();
                    assertThat(stop.code()).isEqualTo(StopEvent.TRAP);
                    RegisterValues registers = target.readRegisters();
                    assertThat(registers.programCounter()).hasValue(function);
                    assertThat(registers.read(13)).isEqualTo(registers.stackPointer());
                }
                target.writeRegister("r0", 0x1234_5678L);
                assertThat(target.readRegisters().read("r0")).hasValue(0x1234_5678L);
                target.writeRegister("r0", 0);
            }
            try (RspTarget target = connect(qemu.gdbPort())) {
                assertThat(target.capabilities().foundRunning()).contains(true);
                byte[] after = new byte[16];
                target.memory().readFully(function, after);
                assertThat(after).isEqualTo(before);
            }
        }
    }

    @Test
    void aHaltedQemuStaysHalted() throws IOException {
        Path elf = Firmware.find("lua5.3-cortex-m3.elf");
        try (Qemu qemu = Qemu.arm("mps2-an385", elf).halted().in(directory).start()) {
            for (int i = 0; i < 2; i++) {
                try (RspTarget target = connect(qemu.gdbPort())) {
                    assertThat(target.capabilities().foundRunning()).contains(false);
                }
            }
        }
    }

    @Test
    void pausingAndResumingQemuNeedsNoLuck() throws IOException {
        try (Qemu qemu = luaThatNeverEnds();
                RspTarget target = connect(qemu.gdbPort())) {
            long start = System.nanoTime();
            for (int i = 0; i < 500; i++) {
                target.resume();
                assertThat(target.halt().code()).isEqualTo(StopEvent.INTERRUPTED);
            }
            System.out.printf(
                    "500 pauses of QEMU: %.0f a second%n", 500e9 / (System.nanoTime() - start));
        }
    }

    @Test
    void anEndByASignalLeavesTheTargetRunningWithoutBreakpoints() throws Exception {
        Path elf = Firmware.find("lua5.3-cortex-m3.elf");
        long function = address(elf, "l_alloc") & ~1;
        try (Qemu qemu = luaThatNeverEnds()) {
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Watcher.class.getName(),
                                    Integer.toString(qemu.gdbPort()),
                                    Long.toString(function))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            assertThat(process.inputReader().readLine()).isEqualTo("watching");
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            try (RspTarget target = connect(qemu.gdbPort())) {
                assertThat(target.capabilities().foundRunning()).contains(true);
                target.resume();
                assertThat(target.await(300)).isEmpty();
            }
        }
    }

    /// Stops a target at a breakpoint again and again, until it is ended from outside.
    static final class Watcher {

        private Watcher() {}

        public static void main(String[] arguments) {
            try (RspTarget target = connect(Integer.parseInt(arguments[0]))) {
                target.breakAt(Long.parseLong(arguments[1]), 2);
                target.resume();
                assertThat(target.await(5000)).isPresent();
                System.out.println("watching");
                while (true) {
                    target.resume();
                    if (target.await(5000).isEmpty()) {
                        return;
                    }
                }
            }
        }
    }

    @Test
    void riscvInQemuHasItsRegistersByName() {
        try (Qemu qemu = Qemu.riscv32(Firmware.find("riscv-O2-dwarf5.elf")).halted().start();
                RspTarget target = connect(qemu.gdbPort())) {
            RegisterValues registers = target.readRegisters();
            assertThat(target.registerLayout().architecture()).startsWith("riscv");
            assertThat(registers.programCounter()).isPresent();
            assertThat(registers.read(2)).isEqualTo(registers.read("sp"));
            target.step();
            assertThat(target.await(5000)).isPresent();
            assertThat(target.readRegisters().programCounter())
                    .isNotEqualTo(registers.programCounter());
        }
    }

    @Test
    void gdbserverRunsAProgramToItsEnd() {
        try (GdbServer server = GdbServer.start(directory, Firmware.find("host-O2-no-pie.elf"));
                RspTarget target = connect(server.port())) {
            Capabilities capabilities = target.capabilities();
            assertThat(capabilities.kind()).isEqualTo(StubKind.GDBSERVER);
            assertThat(capabilities.noAcks()).isTrue();
            assertThat(capabilities.packetSize()).isGreaterThan(4000);
            RegisterValues registers = target.readRegisters();
            long stack = registers.stackPointer().orElseThrow();
            assertThat(registers.read(7)).hasValue(stack);
            assertThat(registers.read(16)).isEqualTo(registers.programCounter());
            byte[] bytes = new byte[64];
            assertThat(target.memory().readFully(stack, bytes)).isTrue();
            assertThat(target.memory().read(0, bytes, 0, 8)).isZero();

            long main = address(Firmware.find("host-O2-no-pie.elf"), "main");
            byte[] code = new byte[16];
            target.memory().readFully(main, code);
            try (Breakpoint breakpoint = target.breakAt(main, 1)) {
                assertThat(breakpoint.address()).isEqualTo(main);
                target.resume();
                assertThat(target.await(10_000)).isPresent();
                assertThat(target.readRegisters().programCounter()).hasValue(main);
            }
            byte[] codeAfter = new byte[16];
            target.memory().readFully(main, codeAfter);
            assertThat(codeAfter).isEqualTo(code);

            target.resume();
            StopEvent end = target.await(20_000).orElseThrow();
            assertThat(end.reason()).isEqualTo(StopEvent.Reason.EXITED);
        }
    }
}
