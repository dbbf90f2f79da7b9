package dev.chipray.linkermap.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Lines of a stream, one at a time; a line is cut at a limit, so that memory stays small whatever the stream holds.
final class MapLines {
    /// Demangled C++ names reach a few thousand characters.
    private static final int LONGEST = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private byte[] line = new byte[256];
    private int at;
    private int end;
    private long number;
    private boolean cut;

    MapLines(InputStream in) {
        this.in = in;
    }

    /// The next line without its end and without trailing blanks; null at the end of the stream.
    @Nullable String next() throws IOException {
        int length = 0;
        boolean any = false;
        cut = false;
        while (at < end || fill()) {
            any = true;
            int newline = at;
            while (newline < end && buffer[newline] != '\n') {
                newline++;
            }
            int count = Math.min(newline - at, LONGEST - length);
            cut |= count < newline - at;
            if (length + count > line.length) {
                line =
                        java.util.Arrays.copyOf(
                                line, Math.min(LONGEST, Math.max(length + count, 2 * line.length)));
            }
            System.arraycopy(buffer, at, line, length, count);
            length += count;
            at = newline;
            if (newline < end) {
                at++;
                break;
            }
        }
        if (!any) {
            return null;
        }
        number++;
        return new String(line, 0, length, StandardCharsets.UTF_8).stripTrailing();
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    /// The number of the last line, from 1.
    long number() {
        return number;
    }

    /// Whether the last line was longer than the limit.
    boolean cut() {
        return cut;
    }
}
