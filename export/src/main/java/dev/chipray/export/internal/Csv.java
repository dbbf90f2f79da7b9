package dev.chipray.export.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Comma-separated values as RFC 4180 has them, in UTF-8, lines ending with `\n`; collected in pieces of about 64 KiB.
final class Csv {

    private static final int PIECE = 1 << 16;

    private final OutputStream out;
    private final StringBuilder pending = new StringBuilder(PIECE + 4096);
    private boolean inRow;

    Csv(OutputStream out) {
        this.out = out;
    }

    Csv field(long value) {
        separate();
        pending.append(value);
        return this;
    }

    Csv field(String value) {
        separate();
        if (needsQuotes(value)) {
            pending.append('"').append(value.replace("\"", "\"\"")).append('"');
        } else {
            pending.append(value);
        }
        return this;
    }

    private static boolean needsQuotes(String value) {
        for (int i = 0; i < value.length(); i++) {
            char at = value.charAt(i);
            if (at == ',' || at == '"' || at == '\n' || at == '\r') {
                return true;
            }
        }
        return false;
    }

    private void separate() {
        if (inRow) {
            pending.append(',');
        }
        inRow = true;
    }

    void endRow() {
        pending.append('\n');
        inRow = false;
        if (pending.length() >= PIECE) {
            writePending();
        }
    }

    private void writePending() {
        try {
            out.write(pending.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pending.setLength(0);
    }

    void finish() throws IOException {
        try {
            writePending();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }
}
