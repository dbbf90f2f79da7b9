package dev.chipray.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// Grows a real log of GC activity to any length: its events again and again, each time on other blocks.
///
/// Deterministic; streams, so that a log of a hundred million events can go down a pipe.
public final class GrownLog {

    /// Blocks between one repetition and the next, and how many repetitions have blocks of their own.
    private static final int SHIFT = 1000;

    private static final int SHIFTS = 1000;

    private static final Pattern NUMBERS =
            Pattern.compile("start_block=(\\d+)|\\$\\d+ = 0x([0-9a-f]+)");

    private GrownLog() {}

    /// `LOG.gz MEGABYTES [OUT]`: writes to OUT, or to standard output.
    public static void main(String[] args) throws IOException {
        if (args.length < 2) {
            System.err.println("usage: GrownLog LOG.gz MEGABYTES [OUT]");
            System.exit(2);
        }
        String log;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(args[0])))) {
            log = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        OutputStream raw = args.length > 2 ? Files.newOutputStream(Path.of(args[2])) : System.out;
        try (OutputStream out = new BufferedOutputStream(raw, 1 << 20)) {
            write(log, Long.parseLong(args[1]) * 1_000_000, out);
        }
    }

    /// Writes at least `length` bytes, ending with a whole event.
    ///
    /// @param log a log in which the values are a start block and a length
    static void write(String log, long length, OutputStream out) throws IOException {
        int first = log.indexOf("\nBreakpoint 1, ");
        byte[] preamble = log.substring(0, first).getBytes(StandardCharsets.UTF_8);
        String events = log.substring(first).stripTrailing() + "\n";
        out.write(preamble);
        long written = preamble.length;
        long values = 0;
        for (int repetition = 0; written < length; repetition++) {
            long shift = (long) (repetition % SHIFTS) * SHIFT;
            StringBuilder text = new StringBuilder(events.length() + 4096);
            Matcher number = NUMBERS.matcher(events);
            while (number.find()) {
                String replacement;
                if (number.group(1) != null) {
                    replacement = "start_block=" + (Long.parseLong(number.group(1)) + shift);
                } else {
                    long value = Long.parseLong(number.group(2), 16);
                    boolean isBlock = values++ % 2 == 0;
                    replacement = "\\$%d = 0x%x".formatted(values, isBlock ? value + shift : value);
                }
                number.appendReplacement(text, replacement);
            }
            number.appendTail(text);
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            out.write(bytes);
            written += bytes.length;
        }
    }
}
