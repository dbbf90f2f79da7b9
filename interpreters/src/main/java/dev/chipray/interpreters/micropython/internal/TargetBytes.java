package dev.chipray.interpreters.micropython.internal;

import dev.chipray.bytes.MemoryReader;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Target memory by byte, half word and word, through a cache of pages; for one thread.
///
/// What is not mapped reads as zero, so that a pointer into nowhere looks like a null pointer; [#mapped] tells them
/// apart where that matters. Nothing throws. The cache holds at most [#PAGE_LIMIT] pages.
public final class TargetBytes {
    private static final int PAGE_BITS = 12;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;

    /// 256 MiB, more than any device of interest has.
    private static final int PAGE_LIMIT = 1 << 16;

    private final MemoryReader reader;
    private final boolean little;
    private final int wordSize;
    private final long addressMask;

    private long[] keys = new long[64];
    private Page[] pages = new Page[64];
    private int count;
    private long lastKey = -1;
    private Page last = Page.NONE;

    /// One page: bytes from its start on as far as they were there.
    private static final class Page {
        static final Page NONE = new Page(new byte[0], 0);

        final byte[] bytes;
        final int valid;

        Page(byte[] bytes, int valid) {
            this.bytes = bytes;
            this.valid = valid;
        }
    }

    /// A view of a target with the given word size in bytes.
    public TargetBytes(MemoryReader reader, ByteOrder order, int wordSize) {
        this.reader = reader;
        this.little = order == ByteOrder.LITTLE_ENDIAN;
        this.wordSize = wordSize;
        this.addressMask = wordSize == 4 ? 0xffff_ffffL : -1L;
    }

    /// The size of a word in bytes.
    public int wordSize() {
        return wordSize;
    }

    /// Whether the target is little-endian.
    public boolean isLittleEndian() {
        return little;
    }

    /// Whether all of `length` bytes from `address` on are there; false for a negative length.
    public boolean mapped(long address, long length) {
        long start = address & addressMask;
        if (length < 0
                || (start + length < start && wordSize == 8)
                || (start + length > addressMask && wordSize == 4)) {
            return false;
        }
        long at = start;
        long left = length;
        while (left > 0) {
            Page page = page(at >>> PAGE_BITS);
            int offset = (int) (at & (PAGE_SIZE - 1));
            int here = (int) Math.min(left, PAGE_SIZE - offset);
            if (offset + here > page.valid && !mappedBehindGap(at, here)) {
                return false;
            }
            at += here;
            left -= here;
        }
        return true;
    }

    private boolean mappedBehindGap(long address, int length) {
        return reader.read(address, new byte[length], 0, length) == length;
    }

    /// The byte at an address.
    public int u8(long address) {
        long at = address & addressMask;
        Page page = page(at >>> PAGE_BITS);
        int offset = (int) (at & (PAGE_SIZE - 1));
        if (offset < page.valid) {
            return page.bytes[offset] & 0xff;
        }
        byte[] one = new byte[1];
        return reader.read(at, one, 0, 1) == 1 ? one[0] & 0xff : 0;
    }

    /// An unsigned value of 1 to 8 bytes; of 8 bytes, all bits.
    public long unsigned(long address, int size) {
        long at = address & addressMask;
        int offset = (int) (at & (PAGE_SIZE - 1));
        Page page = page(at >>> PAGE_BITS);
        long value = 0;
        if (offset + size <= page.valid) {
            byte[] bytes = page.bytes;
            for (int i = 0; i < size; i++) {
                int index = little ? offset + size - 1 - i : offset + i;
                value = (value << 8) | (bytes[index] & 0xff);
            }
            return value;
        }
        for (int i = 0; i < size; i++) {
            value = value << 8 | u8(little ? at + size - 1 - i : at + i);
        }
        return value;
    }

    /// A signed value of 1 to 8 bytes.
    public long signed(long address, int size) {
        int unused = 64 - 8 * size;
        return unsigned(address, size) << unused >> unused;
    }

    /// An unsigned half word.
    public int u16(long address) {
        return (int) unsigned(address, 2);
    }

    /// A word, zero-extended.
    public long word(long address) {
        return unsigned(address, wordSize);
    }

    /// A word, sign-extended.
    public long signedWord(long address) {
        return signed(address, wordSize);
    }

    /// Up to `length` bytes, as many as are there from `address` on.
    public byte[] bytes(long address, int length) {
        long at = address & addressMask;
        int there = 0;
        byte[] result = new byte[Math.min(Math.max(length, 0), PAGE_SIZE)];
        while (there < length) {
            int here = Math.min(length - there, PAGE_SIZE);
            if (there + here > result.length) {
                result =
                        java.util.Arrays.copyOf(
                                result, (int) Math.min(length, 2L * result.length + here));
            }
            int got = reader.read(at + there, result, there, here);
            there += Math.max(got, 0);
            if (got < here) {
                break;
            }
        }
        return java.util.Arrays.copyOf(result, there);
    }

    private Page page(long key) {
        if (key == lastKey) {
            return last;
        }
        int mask = keys.length - 1;
        int slot = hash(key) & mask;
        while (pages[slot] != null) {
            if (keys[slot] == key) {
                return remember(key, pages[slot]);
            }
            slot = (slot + 1) & mask;
        }
        byte[] bytes = new byte[PAGE_SIZE];
        int valid = reader.read(key << PAGE_BITS, bytes, 0, PAGE_SIZE);
        Page page = valid <= 0 ? Page.NONE : new Page(bytes, Math.min(valid, PAGE_SIZE));
        insert(key, page);
        return remember(key, page);
    }

    private Page remember(long key, Page page) {
        lastKey = key;
        last = page;
        return page;
    }

    private void insert(long key, Page page) {
        if (count >= PAGE_LIMIT) {
            keys = new long[64];
            pages = new Page[64];
            count = 0;
        } else if (2 * count >= keys.length) {
            grow();
        }
        put(key, page);
        count++;
    }

    private void put(long key, Page page) {
        int mask = keys.length - 1;
        int slot = hash(key) & mask;
        while (pages[slot] != null) {
            slot = (slot + 1) & mask;
        }
        keys[slot] = key;
        pages[slot] = page;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Page[] oldPages = pages;
        keys = new long[2 * oldKeys.length];
        pages = new Page[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            Page page = oldPages[i];
            if (page != null) {
                put(oldKeys[i], page);
            }
        }
    }

    private static int hash(long key) {
        return (int) ((key * 0x9e37_79b9_7f4a_7c15L) >>> 33);
    }
}
