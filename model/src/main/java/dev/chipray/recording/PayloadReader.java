package dev.chipray.recording;

import dev.chipray.trace.MalformedInputException;
import java.nio.charset.StandardCharsets;

/// Reads a chunk's payload, or one column of it; never past its end.
///
/// Every method throws [MalformedInputException] with the offset in the file where the bytes do not hold what is asked.
final class PayloadReader {

    private final byte[] bytes;
    private final int limit;
    private final long fileOffset;
    private int position;

    /// @param fileOffset where `bytes[0]` stands in the file
    PayloadReader(byte[] bytes, int start, int limit, long fileOffset) {
        this.bytes = bytes;
        this.position = start;
        this.limit = limit;
        this.fileOffset = fileOffset;
    }

    int remaining() {
        return limit - position;
    }

    long offset() {
        return fileOffset + position;
    }

    MalformedInputException malformed(String message) {
        return new MalformedInputException(message, offset());
    }

    int readByte() {
        if (position >= limit) {
            throw malformed("the chunk ends too early");
        }
        return bytes[position++] & 0xff;
    }

    long readVarint() {
        if (position < limit && bytes[position] >= 0) {
            return bytes[position++];
        }
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw malformed("a number is longer than 64 bits");
    }

    long readSigned() {
        long value = readVarint();
        return (value >>> 1) ^ -(value & 1);
    }

    /// A varint from 0 to `maximum`.
    int readInt(int maximum, String what) {
        long value = readVarint();
        if (value < 0 || value > maximum) {
            throw malformed(what + " " + Long.toUnsignedString(value) + " is out of range");
        }
        return (int) value;
    }

    /// How many items follow, each of which takes at least `leastBytes` of what remains.
    int readCount(int leastBytes) {
        long count = readVarint();
        if (count < 0 || count > remaining() / leastBytes) {
            throw malformed("a count or length is larger than what remains");
        }
        return (int) count;
    }

    /// The length of the string that begins here, at most what remains; the reader does not move.
    int nextStringLength() {
        int start = position;
        int length = readCount(1);
        position = start;
        return length;
    }

    String readString() {
        int length = readCount(1);
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    /// The column that begins here; the reader moves behind it.
    PayloadReader readColumn() {
        int length = readCount(1);
        PayloadReader column = new PayloadReader(bytes, position, position + length, fileOffset);
        position += length;
        return column;
    }
}
