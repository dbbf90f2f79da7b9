package dev.chipray.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs gdb in batch mode, as an independent witness in tests; gdb-multiarch, which has Python. It gets 3 GiB of address
/// space and fails beyond that.
public final class Gdb {
    /// Stepping through RISC-V code has made gdb 13 grow until the machine had no memory left.
    private static final long MOST_MEMORY = 3L << 30;

    private Gdb() {}

    /// Runs commands on a program, and gives what gdb printed; the test is skipped without gdb-multiarch.
    public static String run(Path elf, List<String> commands, int seconds) {
        return execute(elf, commands, seconds).output();
    }

    /// Runs a Python script inside gdb after the commands; the script finds `arguments` in the convenience variables
    /// `$argument0`, `$argument1`, ….
    public static String python(
            Path elf, List<String> commands, Path script, List<String> arguments, int seconds) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            all.add("set $argument%d = \"%s\"".formatted(i, arguments.get(i)));
        }
        all.addAll(commands);
        all.add("source " + script);
        return execute(elf, all, seconds).output();
    }

    private static Command.Result execute(Path elf, List<String> commands, int seconds) {
        Missing.requireProgram("gdb-multiarch", "gdb-multiarch");
        Missing.requireProgram("prlimit", "util-linux");
        try {
            Path script = Files.createTempFile("chipray", ".gdb");
            try {
                Files.write(script, commands);
                return Command.run(
                                List.of(
                                        "prlimit",
                                        "--as=" + MOST_MEMORY,
                                        "--core=0",
                                        "gdb-multiarch",
                                        "-nx",
                                        "-batch",
                                        "-iex",
                                        "set debuginfod enabled off",
                                        "-iex",
                                        "set confirm off",
                                        "-iex",
                                        "set width 0",
                                        "-x",
                                        script.toString(),
                                        elf.toString()),
                                seconds)
                        .requireSuccess();
            } finally {
                Files.deleteIfExists(script);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
