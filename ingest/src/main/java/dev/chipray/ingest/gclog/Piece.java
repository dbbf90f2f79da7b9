package dev.chipray.ingest.gclog;

/// A stretch of a log: begins with an event (the first piece: with the preamble) and ends before the next piece's event.
final class Piece {

    /// Bytes that can be read after [#length]; the first is a newline, so that a search for one always ends.
    static final int PADDING = 16;

    byte[] bytes;
    int length;

    /// Whether the log ends here.
    boolean last;

    /// Whether lines of one overlong event are missing.
    boolean shortened;

    Piece(int capacity) {
        bytes = new byte[capacity + PADDING];
    }

    int capacity() {
        return bytes.length - PADDING;
    }

    void end(int newLength, boolean isLast) {
        length = newLength;
        last = isLast;
        bytes[newLength] = '\n';
        for (int i = 1; i < PADDING; i++) {
            bytes[newLength + i] = 0;
        }
    }
}
