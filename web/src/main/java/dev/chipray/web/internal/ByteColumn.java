package dev.chipray.web.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow: one column of the page's data. Numbers are LEB128, seven bits a byte, lowest first.
final class ByteColumn {

    private byte[] bytes = new byte[256];
    private int size;

    /// Appends the low eight bits.
    ByteColumn u8(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.multiplyExact(size, 2));
        }
        bytes[size++] = (byte) value;
        return this;
    }

    /// Appends four bytes, lowest first.
    ByteColumn u32(int value) {
        return u8(value).u8(value >>> 8).u8(value >>> 16).u8(value >>> 24);
    }

    /// Appends an unsigned number.
    ByteColumn unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            u8((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        return u8((int) rest);
    }

    /// Appends a signed number; small ones of either sign take one byte.
    ByteColumn signed(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    /// Appends the length and the UTF-8 bytes of `text`.
    ByteColumn text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        unsigned(utf8.length);
        for (byte b : utf8) {
            u8(b);
        }
        return this;
    }

    int size() {
        return size;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }
}
