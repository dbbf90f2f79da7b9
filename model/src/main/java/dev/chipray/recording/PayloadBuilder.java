package dev.chipray.recording;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes of a chunk's payload while it is written: varints, zigzag varints, strings and columns.
final class PayloadBuilder {

    private byte[] bytes = new byte[256];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    void putByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /// Seven bits a byte, the low ones first, all but the last byte with the top bit set.
    void putVarint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /// A varint in which small values of either sign are short.
    void putSigned(long value) {
        putVarint((value << 1) ^ (value >> 63));
    }

    void putString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putVarint(utf8.length);
        putBytes(utf8, utf8.length);
    }

    void putBytes(byte[] source, int length) {
        reserve(length);
        System.arraycopy(source, 0, bytes, size, length);
        size += length;
    }

    /// The column's length in bytes, then its bytes.
    void putColumn(PayloadBuilder column) {
        putVarint(column.size);
        putBytes(column.bytes, column.size);
    }
}
