package dev.chipray.hex.internal;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.hex.HexFiles.Format;
import java.util.Optional;

/// Cuts a file into lines and decodes their hex digits into one reused buffer; for one thread.
///
/// A record has at most 255 bytes after its count, so a longer line is never decoded and nothing grows with it.
public final class RecordLines {
    /// The digits of the longest record: a type, a count and 255 bytes, with some spare.
    private static final int LONGEST = 600;

    private static final int DETECTION_LIMIT = 4096;

    private final ByteCursor cursor;
    private final byte[] text = new byte[LONGEST];
    private final byte[] decoded = new byte[LONGEST / 2];
    private int length;
    private long number;
    private boolean tooLong;

    RecordLines(ByteView file) {
        cursor = file.cursor();
    }

    /// Tells the format from the first characters of a file.
    public static Optional<Format> detect(ByteView file) {
        long limit = Math.min(file.size(), DETECTION_LIMIT);
        for (long i = 0; i < limit; i++) {
            int c = file.u8(i);
            if (c == ':') {
                boolean digit = i + 1 < file.size() && Character.digit(file.u8(i + 1), 16) >= 0;
                return digit ? Optional.of(Format.INTEL_HEX) : Optional.empty();
            }
            if (c == 'S') {
                boolean digit =
                        i + 1 < file.size() && file.u8(i + 1) >= '0' && file.u8(i + 1) <= '9';
                return digit ? Optional.of(Format.S_RECORD) : Optional.empty();
            }
            if (c > ' ') {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// Goes to the next line that is not blank; false at the end of the file.
    boolean next() {
        while (cursor.hasRemaining()) {
            readLine();
            if (length > 0) {
                return true;
            }
        }
        return false;
    }

    private void readLine() {
        length = 0;
        tooLong = false;
        number++;
        while (cursor.hasRemaining()) {
            int c = cursor.u8();
            if (c == '\n') {
                return;
            }
            if (c <= ' ') {
                continue;
            }
            if (length == LONGEST) {
                tooLong = true;
            } else {
                text[length++] = (byte) c;
            }
        }
    }

    /// The line number, from 1.
    long number() {
        return number;
    }

    /// The character at an index of the line, 0 after its end.
    int charAt(int index) {
        return index < length ? text[index] & 0xff : 0;
    }

    /// Decodes the digits from `start` to the end of the line; -1 when they are no hex digits or an odd number of them.
    int decode(int start) {
        int digits = length - start;
        if (tooLong || digits < 0 || (digits & 1) != 0) {
            return -1;
        }
        for (int i = 0; i < digits / 2; i++) {
            int high = Character.digit(text[start + 2 * i], 16);
            int low = Character.digit(text[start + 2 * i + 1], 16);
            if (high < 0 || low < 0) {
                return -1;
            }
            decoded[i] = (byte) (high << 4 | low);
        }
        return digits / 2;
    }

    /// The bytes of the last [#decode].
    byte[] decoded() {
        return decoded;
    }

    /// Whether the last bytes of the file were read.
    boolean atEnd() {
        return !cursor.hasRemaining();
    }
}
