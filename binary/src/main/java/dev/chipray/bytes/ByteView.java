package dev.chipray.bytes;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// An immutable window over bytes with a byte order and a word size; any thread may read it, and every read is
/// checked against its end, so that the only thing thrown because of the bytes is a [MalformedException].
///
/// Offsets are relative to the window. Errors name the window and the offset in what the name stands for, so a slice
/// of a section still reports section offsets. Bytes on the heap are read through their array: cold code, which is all
/// that a short command ever runs, reads an array several times faster than a memory segment.
public final class ByteView {
    private static final long LARGEST_COPY = 64L << 20;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private final MemorySegment segment;
    final byte @Nullable [] array;
    final int arrayOffset;
    private final long size;
    private final long origin;
    private final String name;
    private final ByteOrder order;
    final boolean little;
    private final int wordSize;

    private ByteView(
            MemorySegment segment,
            byte @Nullable [] array,
            int arrayOffset,
            long origin,
            String name,
            ByteOrder order,
            int wordSize) {
        this.segment = segment;
        this.array = array;
        this.arrayOffset = arrayOffset;
        this.size = segment.byteSize();
        this.origin = origin;
        this.name = name;
        this.order = order;
        this.little = order == ByteOrder.LITTLE_ENDIAN;
        this.wordSize = wordSize;
    }

    /// A little-endian window with 4-byte words over all of `bytes`, which must not change any more.
    public static ByteView of(byte[] bytes, String name) {
        return new ByteView(
                MemorySegment.ofArray(bytes), bytes, 0, 0, name, ByteOrder.LITTLE_ENDIAN, 4);
    }

    /// A little-endian window with 4-byte words over a segment, which decides from which threads it can be read.
    public static ByteView of(MemorySegment segment, String name) {
        return new ByteView(segment, null, 0, 0, name, ByteOrder.LITTLE_ENDIAN, 4);
    }

    /// A window over a whole file: copied when it is at most 64 MiB, so that a later change of the file (a new build)
    /// cannot tear it, and mapped when it is larger (core files).
    public static ByteView open(Path file) throws IOException {
        if (Files.size(file) <= LARGEST_COPY) {
            return of(Files.readAllBytes(file), file.toString());
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return of(
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()),
                    file.toString());
        }
    }

    /// The same bytes in another byte order and word size (4 or 8).
    public ByteView as(ByteOrder order, int wordSize) {
        return new ByteView(segment, array, arrayOffset, origin, name, order, wordSize);
    }

    /// The number of bytes.
    public long size() {
        return size;
    }

    /// What the bytes are, for messages.
    public String name() {
        return name;
    }

    /// Where the window starts within what [#name] stands for.
    public long origin() {
        return origin;
    }

    /// The byte order of all numbers read here.
    public ByteOrder order() {
        return order;
    }

    /// The size of an address, 4 or 8.
    public int wordSize() {
        return wordSize;
    }

    /// A cursor at the first byte.
    public ByteCursor cursor() {
        return cursor(0);
    }

    /// A cursor at `offset`, which ends where this window ends.
    public ByteCursor cursor(long offset) {
        check(offset, 0);
        return new ByteCursor(this, offset);
    }

    /// A smaller window that keeps the name.
    public ByteView slice(long offset, long length) {
        check(offset, length);
        return new ByteView(
                segment.asSlice(offset, length),
                array,
                array == null ? 0 : arrayOffset + (int) offset,
                origin + offset,
                name,
                order,
                wordSize);
    }

    /// A smaller window with a name of its own, in which offsets count from its start.
    public ByteView slice(long offset, long length, String name) {
        ByteView part = slice(offset, length);
        return new ByteView(part.segment, part.array, part.arrayOffset, 0, name, order, wordSize);
    }

    /// Whether `length` bytes are there at `offset`.
    public boolean has(long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= size && length <= size - offset;
    }

    private void check(long offset, long length) {
        if (offset < 0 || length < 0 || offset > size || length > size - offset) {
            throw outside(offset, length);
        }
    }

    MalformedException outside(long offset, long length) {
        return new MalformedException(name, origin + offset, "needs bytes past the end", length);
    }

    /// An unsigned byte.
    public int u8(long offset) {
        check(offset, 1);
        return at(offset) & 0xff;
    }

    /// A signed byte.
    public byte s8(long offset) {
        check(offset, 1);
        return at(offset);
    }

    private byte at(long offset) {
        byte[] bytes = array;
        return bytes == null ? segment.get(BYTE, offset) : bytes[arrayOffset + (int) offset];
    }

    /// An unsigned 16-bit number.
    public int u16(long offset) {
        check(offset, 2);
        int first = at(offset) & 0xff;
        int second = at(offset + 1) & 0xff;
        return little ? first | (second << 8) : (first << 8) | second;
    }

    /// A signed 16-bit number.
    public short s16(long offset) {
        return (short) u16(offset);
    }

    /// A signed 32-bit number.
    public int s32(long offset) {
        check(offset, 4);
        int v = (at(offset) & 0xff) | ((at(offset + 1) & 0xff) << 8);
        v |= ((at(offset + 2) & 0xff) << 16) | (at(offset + 3) << 24);
        return little ? v : Integer.reverseBytes(v);
    }

    /// An unsigned 32-bit number.
    public long u32(long offset) {
        return s32(offset) & 0xffff_ffffL;
    }

    /// A signed 64-bit number.
    public long s64(long offset) {
        check(offset, 8);
        long low = s32(offset);
        long high = s32(offset + 4);
        return little ? (low & 0xffff_ffffL) | (high << 32) : (high & 0xffff_ffffL) | (low << 32);
    }

    /// A 64-bit number whose sign bit is just a bit.
    public long u64(long offset) {
        return s64(offset);
    }

    /// An unsigned number of the word size.
    public long word(long offset) {
        return wordSize == 8 ? u64(offset) : u32(offset);
    }

    /// An unsigned number of `width` bytes, 1 to 8.
    public long unsigned(long offset, int width) {
        return switch (width) {
            case 1 -> u8(offset);
            case 2 -> u16(offset);
            case 4 -> u32(offset);
            case 8 -> u64(offset);
            default -> oddWidth(offset, width);
        };
    }

    private long oddWidth(long offset, int width) {
        if (width < 1 || width > 8) {
            throw new MalformedException(
                    name, origin + offset, "number of an impossible width", width);
        }
        check(offset, width);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (at(offset + i) & 0xffL) << (8 * (little ? i : width - 1 - i));
        }
        return value;
    }

    /// The number of bytes before the next zero byte at or after `offset`.
    public long cStringLength(long offset) {
        check(offset, 0);
        for (long end = offset; end < size; end++) {
            if (at(end) == 0) {
                return end - offset;
            }
        }
        throw new MalformedException(name, origin + offset, "string without end", size - offset);
    }

    /// The UTF-8 string up to the next zero byte; malformed sequences become U+FFFD.
    public String cString(long offset) {
        return utf8(offset, cStringLength(offset));
    }

    /// `length` bytes as a UTF-8 string; malformed sequences become U+FFFD.
    public String utf8(long offset, long length) {
        check(offset, length);
        if (length > Integer.MAX_VALUE - 8) {
            throw new MalformedException(name, origin + offset, "string too long", length);
        }
        byte[] bytes = array;
        return bytes == null
                ? new String(bytes(offset, length), StandardCharsets.UTF_8)
                : new String(
                        bytes, arrayOffset + (int) offset, (int) length, StandardCharsets.UTF_8);
    }

    /// A copy of all bytes.
    public byte[] bytes() {
        return bytes(0, size);
    }

    /// A copy of some bytes.
    public byte[] bytes(long offset, long length) {
        check(offset, length);
        if (length > Integer.MAX_VALUE - 8) {
            throw new MalformedException(name, origin + offset, "part too long to copy", length);
        }
        byte[] copy = new byte[(int) length];
        copy(offset, copy, 0, (int) length);
        return copy;
    }

    /// Copies bytes into an array.
    public void copy(long offset, byte[] into, int index, int length) {
        check(offset, length);
        MemorySegment.copy(segment, BYTE, offset, into, index, length);
    }

    /// The same bytes on the heap, where reading is fastest; this window itself when they are there already.
    public ByteView onHeap() {
        if (array != null) {
            return this;
        }
        byte[] copy = bytes();
        return new ByteView(MemorySegment.ofArray(copy), copy, 0, origin, name, order, wordSize);
    }

    /// The bytes as a segment, for bulk work.
    public MemorySegment segment() {
        return segment.asReadOnly();
    }

    @Override
    public String toString() {
        return "%s[%d bytes at 0x%x]".formatted(name, size, origin);
    }
}
