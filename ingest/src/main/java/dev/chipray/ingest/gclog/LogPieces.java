package dev.chipray.ingest.gclog;

import java.io.IOException;
import java.io.InputStream;

/// Cuts a stream of log text into pieces before lines with which events begin.
///
/// Used by one thread. Memory is one piece, plus what one event is longer than that.
final class LogPieces {

    /// Room for the longest event that is kept whole. Some pieces are held at a time, so this bounds memory.
    private static final int MAX_CAPACITY = 16 << 20;

    private final InputStream input;
    private final int capacity;
    private byte[] carried;
    private int carriedLength;

    LogPieces(InputStream input, int capacity) {
        this.input = input;
        this.capacity = capacity;
        this.carried = new byte[capacity / 8];
    }

    /// Fills `piece` with what comes next and returns it.
    Piece read(Piece piece) throws IOException {
        int wantedCapacity = Math.max(capacity, Math.min(MAX_CAPACITY, carriedLength * 2));
        if (piece.capacity() < wantedCapacity || piece.capacity() > wantedCapacity * 4) {
            piece.bytes = new byte[wantedCapacity + Piece.PADDING];
        }
        System.arraycopy(carried, 0, piece.bytes, 0, carriedLength);
        piece.shortened = false;
        int length = carriedLength;
        carriedLength = 0;
        while (true) {
            int wanted = piece.capacity() - length;
            int read = input.readNBytes(piece.bytes, length, wanted);
            length += read;
            if (read < wanted) {
                piece.end(length, true);
                return piece;
            }
            int cut = lastHeading(piece.bytes, length);
            if (cut > 0) {
                carry(piece.bytes, cut, length);
                piece.end(cut, false);
                return piece;
            }
            length = makeRoom(piece, length);
        }
    }

    /// Makes the piece longer, or leaves out lines of the event that fills it.
    private static int makeRoom(Piece piece, int length) {
        if (piece.capacity() < MAX_CAPACITY) {
            int longerCapacity = Math.min(MAX_CAPACITY, piece.capacity() * 2);
            byte[] longer = new byte[longerCapacity + Piece.PADDING];
            System.arraycopy(piece.bytes, 0, longer, 0, length);
            piece.bytes = longer;
            return length;
        }
        piece.shortened = true;
        return LongEvents.shorten(piece.bytes, length);
    }

    private static int lastHeading(byte[] bytes, int length) {
        for (int at = length - 1; at > 0; at--) {
            if (bytes[at - 1] == '\n' && Headings.isEvent(bytes, at, length)) {
                return at;
            }
        }
        return 0;
    }

    private void carry(byte[] bytes, int from, int to) {
        if (to - from > carried.length) {
            carried = new byte[to - from];
        }
        System.arraycopy(bytes, from, carried, 0, to - from);
        carriedLength = to - from;
    }
}
