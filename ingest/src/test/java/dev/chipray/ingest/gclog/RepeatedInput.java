package dev.chipray.ingest.gclog;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A text, another one many times, and a last one, none of it in memory but once.
final class RepeatedInput extends InputStream {

    private final byte[][] parts;
    private final long[] counts;
    private int part;
    private int at;

    RepeatedInput(String first, String repeated, long times, String last) {
        parts =
                new byte[][] {
                    first.getBytes(StandardCharsets.UTF_8),
                    repeated.getBytes(StandardCharsets.UTF_8),
                    last.getBytes(StandardCharsets.UTF_8)
                };
        counts = new long[] {1, times, 1};
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        while (part < parts.length && (at == parts[part].length || counts[part] == 0)) {
            at = 0;
            if (--counts[part] <= 0) {
                part++;
            }
        }
        if (part == parts.length) {
            return -1;
        }
        int count = Math.min(length, parts[part].length - at);
        System.arraycopy(parts[part], at, bytes, offset, count);
        at += count;
        return count;
    }
}
