package dev.chipray.bytes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes bytes for tests: numbers in a byte order, LEB128, strings, and lengths that are patched in later.
public final class BytesAssembler {
    private final ByteOrder order;
    private byte[] bytes = new byte[64];
    private int size;

    public BytesAssembler(ByteOrder order) {
        this.order = order;
    }

    public static BytesAssembler little() {
        return new BytesAssembler(ByteOrder.LITTLE_ENDIAN);
    }

    public int size() {
        return size;
    }

    public ByteOrder order() {
        return order;
    }

    public BytesAssembler u8(int value) {
        if (size == bytes.length) {
            bytes = java.util.Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) value;
        return this;
    }

    public BytesAssembler unsigned(long value, int width) {
        for (int i = 0; i < width; i++) {
            u8((int) (value >>> (8 * (order == ByteOrder.LITTLE_ENDIAN ? i : width - 1 - i))));
        }
        return this;
    }

    public BytesAssembler u16(int value) {
        return unsigned(value, 2);
    }

    public BytesAssembler u32(long value) {
        return unsigned(value, 4);
    }

    public BytesAssembler u64(long value) {
        return unsigned(value, 8);
    }

    public BytesAssembler uleb(long value) {
        long left = value;
        while (left >>> 7 != 0) {
            u8((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        return u8((int) left);
    }

    public BytesAssembler sleb(long value) {
        long left = value;
        while (left < -64 || left > 63) {
            u8((int) ((left & 0x7f) | 0x80));
            left >>= 7;
        }
        return u8((int) (left & 0x7f));
    }

    public BytesAssembler bytes(byte... more) {
        for (byte b : more) {
            u8(b);
        }
        return this;
    }

    public BytesAssembler bytes(int... more) {
        for (int b : more) {
            u8(b);
        }
        return this;
    }

    public BytesAssembler string(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8)).u8(0);
    }

    public BytesAssembler pad(int alignment) {
        while (size % alignment != 0) {
            u8(0);
        }
        return this;
    }

    /// Writes `value` over bytes that are there already.
    public BytesAssembler patch(int offset, long value, int width) {
        for (int i = 0; i < width; i++) {
            bytes[offset + i] =
                    (byte) (value >>> (8 * (order == ByteOrder.LITTLE_ENDIAN ? i : width - 1 - i)));
        }
        return this;
    }

    public byte[] toByteArray() {
        ByteArrayOutputStream copy = new ByteArrayOutputStream(size);
        copy.write(bytes, 0, size);
        return copy.toByteArray();
    }

    public ByteView view(String name, int wordSize) {
        return ByteView.of(toByteArray(), name).as(order, wordSize);
    }
}
