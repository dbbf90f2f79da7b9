package dev.chipray.capture.internal;

import dev.chipray.bytes.MemoryReader;

/// Memory of which a piece was copied, before what the program's file says of the rest; for one thread.
final class CopiedMemory implements MemoryReader {
    private final long start;
    private final byte[] copy;
    private final MemoryReader rest;

    /// @param start where the copy begins
    /// @param copy  the copy, which is not copied again
    /// @param rest  what is there besides
    CopiedMemory(long start, byte[] copy, MemoryReader rest) {
        this.start = start;
        this.copy = copy;
        this.rest = rest;
    }

    @Override
    public int read(long address, byte[] into, int offset, int length) {
        long at = address - start;
        if (at >= 0 && at < copy.length) {
            int count = (int) Math.min(length, copy.length - at);
            System.arraycopy(copy, (int) at, into, offset, count);
            return count;
        }
        return rest.read(address, into, offset, length);
    }
}
