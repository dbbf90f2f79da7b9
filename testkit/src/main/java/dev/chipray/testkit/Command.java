package dev.chipray.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a program to its end within a time limit, with nothing on its standard input, and never leaves it behind.
public final class Command {
    private Command() {}

    /// What a program left.
    ///
    /// @param command the command line
    /// @param status the exit status
    /// @param output standard output
    /// @param errors standard error
    public record Result(List<String> command, int status, String output, String errors) {
        /// This result, or an error that shows what the program said.
        public Result requireSuccess() {
            if (status != 0) {
                throw new AssertionError(
                        "%s ended with %d%n%s%n%s".formatted(command, status, errors, output));
            }
            return this;
        }
    }

    /// Runs in the current folder.
    public static Result run(List<String> command, int seconds) {
        return run(command, Path.of("").toAbsolutePath(), seconds);
    }

    /// Runs in a folder. Output goes through files, so a program that writes much never waits for a reader.
    public static Result run(List<String> command, Path folder, int seconds) {
        try {
            Path output = Files.createTempFile("chipray-out", null);
            Path errors = Files.createTempFile("chipray-err", null);
            try {
                Process process =
                        new ProcessBuilder(command)
                                .directory(folder.toFile())
                                .redirectInput(Path.of("/dev/null").toFile())
                                .redirectOutput(output.toFile())
                                .redirectError(errors.toFile())
                                .start();
                try {
                    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                        throw new AssertionError(
                                "%s did not end within %d s%n%s%n%s"
                                        .formatted(command, seconds, text(errors), text(output)));
                    }
                } finally {
                    kill(process);
                }
                return new Result(command, process.exitValue(), text(output), text(errors));
            } finally {
                Files.deleteIfExists(output);
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /// Kills a process and what it started, and waits until it is gone.
    static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
