package dev.chipray.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What one command printed and returned.
record Outcome(int status, String out, String err) {

    static final Path HOME = Path.of(System.getProperty("chipray.home", ".."));
    static final String SAMPLE = HOME.resolve("samples/micropython-cortex-m3-gc.log.gz").toString();

    static Outcome of(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int status = Main.run(args, outStream, new PrintStream(err, true, StandardCharsets.UTF_8));
        outStream.flush();
        return new Outcome(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
