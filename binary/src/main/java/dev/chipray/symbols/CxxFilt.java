package dev.chipray.symbols;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns mangled C++ names into readable ones through `c++filt`, where it is installed; for one thread.
///
/// Started with the first mangled name and asked one name at a time. Without it, or when it fails, names stay as they
/// are. Names with line breaks, which no compiler writes, are not handed on.
public final class CxxFilt implements Closeable {
    private final Map<String, String> known = new HashMap<>();
    private @Nullable Process process;
    private @Nullable BufferedWriter input;
    private @Nullable BufferedReader output;
    private boolean failed;

    /// The readable form of a name.
    public String demangle(String name) {
        if (!name.startsWith("_Z")
                || failed
                || name.indexOf('\n') >= 0
                || name.indexOf('\r') >= 0) {
            return name;
        }
        return known.computeIfAbsent(name, this::ask);
    }

    private String ask(String name) {
        try {
            BufferedWriter to = input;
            BufferedReader from = output;
            if (to == null || from == null) {
                Process started =
                        new ProcessBuilder("c++filt")
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start();
                process = started;
                to = started.outputWriter(StandardCharsets.UTF_8);
                from = started.inputReader(StandardCharsets.UTF_8);
                input = to;
                output = from;
            }
            to.write(name + "\n");
            to.flush();
            String answer = from.readLine();
            if (answer != null) {
                return answer;
            }
        } catch (IOException e) {
            failed = true;
            return name;
        }
        failed = true;
        return name;
    }

    @Override
    public void close() throws IOException {
        Process running = process;
        if (running != null) {
            running.destroy();
        }
    }
}
