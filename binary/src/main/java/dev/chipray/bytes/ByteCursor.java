package dev.chipray.bytes;

import org.jspecify.annotations.Nullable;

/// Reads a [ByteView] from front to back; for one thread at a time, and bounds-checked like the view.
public final class ByteCursor {
    private final ByteView view;
    private final byte @Nullable [] array;
    private final int arrayOffset;
    private final long end;
    private long position;

    ByteCursor(ByteView view, long position) {
        this.view = view;
        this.array = view.array;
        this.arrayOffset = view.arrayOffset;
        this.end = view.size();
        this.position = position;
    }

    /// The view that is read.
    public ByteView view() {
        return view;
    }

    /// The offset of the next byte in the view.
    public long position() {
        return position;
    }

    /// Moves to an offset of the view.
    public void position(long offset) {
        if (offset < 0 || offset > end) {
            throw view.outside(offset, 0);
        }
        position = offset;
    }

    /// The number of bytes that are left.
    public long remaining() {
        return end - position;
    }

    /// Whether a byte is left.
    public boolean hasRemaining() {
        return position < end;
    }

    /// Moves over `count` bytes.
    public void skip(long count) {
        if (count < 0 || count > end - position) {
            throw view.outside(position, count);
        }
        position += count;
    }

    /// An unsigned byte.
    public int u8() {
        byte[] bytes = array;
        if (bytes == null || position >= end) {
            int value = view.u8(position);
            position++;
            return value;
        }
        return bytes[arrayOffset + (int) position++] & 0xff;
    }

    /// A signed byte.
    public byte s8() {
        return (byte) u8();
    }

    /// An unsigned 16-bit number.
    public int u16() {
        int value = view.u16(position);
        position += 2;
        return value;
    }

    /// A signed 16-bit number.
    public short s16() {
        return (short) u16();
    }

    /// An unsigned 24-bit number.
    public int u24() {
        int value = (int) view.unsigned(position, 3);
        position += 3;
        return value;
    }

    /// An unsigned 32-bit number.
    public long u32() {
        long value = view.u32(position);
        position += 4;
        return value;
    }

    /// A signed 32-bit number.
    public int s32() {
        int value = view.s32(position);
        position += 4;
        return value;
    }

    /// A 64-bit number whose sign bit is just a bit.
    public long u64() {
        long value = view.u64(position);
        position += 8;
        return value;
    }

    /// A signed 64-bit number.
    public long s64() {
        return u64();
    }

    /// An unsigned number of `width` bytes, 1 to 8.
    public long unsigned(int width) {
        long value = view.unsigned(position, width);
        position += width;
        return value;
    }

    /// An address of `size` bytes, zero-extended.
    public long address(int size) {
        return unsigned(size);
    }

    /// An unsigned number of the view's word size.
    public long word() {
        return unsigned(view.wordSize());
    }

    /// An offset of 8 bytes (`is64`) or 4.
    public long offset(boolean is64) {
        return is64 ? u64() : u32();
    }

    /// An unsigned LEB128 number; bits above the 64th must be zero.
    public long uleb128() {
        byte[] bytes = array;
        if (bytes != null && position < end) {
            // Most numbers in debug information have one byte.
            byte only = bytes[arrayOffset + (int) position];
            if (only >= 0) {
                position++;
                return only;
            }
        }
        long start = position;
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            long bits = next & 0x7f;
            if (shift < 64) {
                value |= bits << shift;
            }
            if ((shift == 63 && bits > 1) || (shift > 63 && bits != 0)) {
                throw new MalformedException(
                        view.name(), view.origin() + start, "ULEB128 over 64 bits", value);
            }
            if (next < 0x80) {
                return value;
            }
        }
    }

    /// A signed LEB128 number; bits above the 64th must repeat the sign.
    public long sleb128() {
        long start = position;
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            long bits = next & 0x7f;
            if (shift < 64) {
                value |= bits << shift;
            } else if (bits != (value < 0 ? 0x7f : 0)) {
                throw new MalformedException(
                        view.name(), view.origin() + start, "SLEB128 over 64 bits", value);
            }
            if (next < 0x80) {
                return shift < 57 && (next & 0x40) != 0 ? value | (-1L << (shift + 7)) : value;
            }
        }
    }

    /// Moves over a LEB128 number of any length.
    public void skipLeb128() {
        while (u8() >= 0x80) {
            // The last byte is the first one without the top bit.
        }
    }

    /// The UTF-8 string up to the next zero byte, which is consumed.
    public String cString() {
        long length = view.cStringLength(position);
        String value = view.utf8(position, length);
        position += length + 1;
        return value;
    }

    /// Moves over a string and its zero byte.
    public void skipCString() {
        position += view.cStringLength(position) + 1;
    }

    /// The next `length` bytes as a view, which are consumed.
    public ByteView slice(long length) {
        ByteView part = view.slice(position, length);
        position += length;
        return part;
    }

    /// A copy of the next `length` bytes, which are consumed.
    public byte[] bytes(long length) {
        byte[] copy = view.bytes(position, length);
        position += length;
        return copy;
    }

    /// An error about the value of a field that was read at `offset` of the view.
    public MalformedException malformed(long offset, String field, long value) {
        return new MalformedException(view.name(), view.origin() + offset, field, value);
    }
}
