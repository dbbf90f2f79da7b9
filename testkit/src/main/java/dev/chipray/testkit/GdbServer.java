package dev.chipray.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A desktop program stopped before its first instruction under gdbserver, on a free local port; both are killed by
/// [#close()].
public final class GdbServer implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on port (\\d+)");

    private final Process process;
    private final int port;

    private GdbServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts a program in a folder; skips the test when gdbserver is not installed.
    public static GdbServer start(Path folder, Path program, String... arguments) {
        Missing.requireProgram("gdbserver", "gdbserver");
        List<String> command =
                new ArrayList<>(List.of("gdbserver", "--once", "127.0.0.1:0", program.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
            StringBuilder all = new StringBuilder();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                Matcher matcher = LISTENING.matcher(line);
                if (matcher.find()) {
                    drain(said);
                    return new GdbServer(process, Integer.parseInt(matcher.group(1)));
                }
                all.append(line).append('\n');
            }
            Command.kill(process);
            throw new AssertionError("gdbserver did not start: " + all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The program's own error output shares the pipe, and must not fill it.
    private static void drain(BufferedReader said) {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        String line = said.readLine();
                        while (line != null) {
                            line = said.readLine();
                        }
                    } catch (IOException _) {
                        // The process is gone.
                    }
                });
    }

    /// The local port.
    public int port() {
        return port;
    }

    @Override
    public void close() {
        Command.kill(process);
    }
}
