package dev.chipray.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A board in QEMU with its GDB stub (and a serial port, if asked for) on free local ports; killed by [#close()].
///
/// The stub listens when [Builder#start()] returns. Semihosting output goes to a file, [#output()].
public final class Qemu implements AutoCloseable {
    private final Process process;
    private final Path scratch;
    private final int gdbPort;
    private final int serialPort;

    private Qemu(Process process, Path scratch, int gdbPort, int serialPort) {
        this.process = process;
        this.scratch = scratch;
        this.gdbPort = gdbPort;
        this.serialPort = serialPort;
    }

    /// A Cortex-M board: `mps2-an385`, `netduinoplus2` or `microbit`.
    public static Builder arm(String machine, Path elf) {
        return new Builder("qemu-system-arm", "qemu-system-arm", machine)
                .with("-kernel", elf.toString());
    }

    /// The RISC-V `virt` board without firmware, 32 bit.
    public static Builder riscv32(Path elf) {
        return new Builder("qemu-system-riscv32", "qemu-system-misc", "virt")
                .with("-bios", "none", "-kernel", elf.toString());
    }

    /// The RISC-V `virt` board without firmware, 64 bit.
    public static Builder riscv64(Path elf) {
        return new Builder("qemu-system-riscv64", "qemu-system-misc", "virt")
                .with("-bios", "none", "-kernel", elf.toString());
    }

    /// Any machine; the caller says what it loads.
    public static Builder machine(String program, String debianPackage, String machine) {
        return new Builder(program, debianPackage, machine);
    }

    /// The local port of the GDB stub.
    public int gdbPort() {
        return gdbPort;
    }

    /// The local port of the board's serial port, when it was asked for.
    public int serialPort() {
        if (serialPort == 0) {
            throw new IllegalStateException("started without a serial port");
        }
        return serialPort;
    }

    /// What the program wrote through semihosting until now.
    public String output() {
        try {
            Path file = scratch.resolve("output");
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the program in the machine has ended QEMU, and says whether it did in time.
    public boolean waitForEnd(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        Command.kill(process);
        try {
            Files.deleteIfExists(scratch.resolve("output"));
            Files.deleteIfExists(scratch.resolve("errors"));
            Files.deleteIfExists(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How to start a machine.
    public static final class Builder {
        private final String program;
        private final String debianPackage;
        private final List<String> arguments = new ArrayList<>();
        private Path folder = Path.of("").toAbsolutePath();
        private boolean serial;

        private Builder(String program, String debianPackage, String machine) {
            this.program = program;
            this.debianPackage = debianPackage;
            with("-M", machine, "-display", "none", "-monitor", "none", "-qmp", "stdio");
        }

        /// More arguments.
        public Builder with(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        /// Stops before the first instruction.
        public Builder halted() {
            return with("-S");
        }

        /// The folder in which semihosting opens files.
        public Builder in(Path folder) {
            this.folder = folder;
            return this;
        }

        /// The first serial port on a TCP port of its own.
        public Builder serialPort() {
            serial = true;
            return this;
        }

        /// Starts QEMU; skips the test when it is not installed.
        public Qemu start() {
            Missing.requireProgram(program, debianPackage);
            AssertionError last = new AssertionError("never tried");
            // Another process may take a free port between the question and its use.
            for (int attempt = 0; attempt < 5; attempt++) {
                try {
                    return tryStart();
                } catch (StartFailed e) {
                    last = new AssertionError(program + " did not start: " + e.getMessage(), e);
                }
            }
            throw last;
        }

        private Qemu tryStart() throws StartFailed {
            try {
                Path scratch = Files.createTempDirectory("chipray-qemu");
                int gdbPort = freePort();
                int serialPort = serial ? freePort() : 0;
                Process process = launch(scratch, gdbPort, serialPort);
                Qemu qemu = new Qemu(process, scratch, gdbPort, serialPort);
                if (!answers(process)) {
                    String errors = Files.readString(scratch.resolve("errors"));
                    qemu.close();
                    throw new StartFailed(errors);
                }
                return qemu;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Process launch(Path scratch, int gdbPort, int serialPort) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(program);
            command.addAll(arguments);
            command.addAll(List.of("-gdb", "tcp:127.0.0.1:" + gdbPort));
            command.addAll(
                    List.of("-chardev", "file,id=semihosting,path=" + scratch.resolve("output")));
            command.addAll(
                    List.of("-semihosting-config", "enable=on,target=native,chardev=semihosting"));
            command.addAll(
                    List.of(
                            "-serial",
                            serialPort == 0
                                    ? "null"
                                    : "tcp:127.0.0.1:" + serialPort + ",server=on,wait=off"));
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(scratch.resolve("errors").toFile())
                    .start();
        }

        /// QMP answers from the main loop only, and by then all sockets listen.
        private static boolean answers(Process process) {
            try {
                Writer commands = process.outputWriter(StandardCharsets.US_ASCII);
                commands.write("{\"execute\":\"qmp_capabilities\"}\n");
                commands.flush();
                BufferedReader answers = process.inputReader(StandardCharsets.US_ASCII);
                for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                    if (line.contains("\"return\"")) {
                        return true;
                    }
                }
                return false;
            } catch (IOException _) {
                return false;
            }
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }

    private static final class StartFailed extends Exception {
        private static final long serialVersionUID = 1L;

        StartFailed(String errors) {
            super(errors);
        }
    }
}
