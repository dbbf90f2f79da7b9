package dev.chipray.interpreters.micropython;

/// One contiguous part of the collected heap: its tables, its pool, and the state of each block; immutable.
///
/// @param index 0 for the first area
/// @param allocationTable where the allocation table starts, two bits a block
/// @param allocationTableBytes its length in bytes
/// @param finaliserTable where the finaliser table starts, one bit a block; 0 when this firmware has none
/// @param weakrefTable where the weak reference table starts, one bit a block; 0 when this firmware has none
/// @param collectTable where the selective-collect table starts, one bit a block; 0 when this firmware has none
/// @param poolStart the address of block 0
/// @param poolEnd the address behind the pool as the firmware has it
/// @param blockSize bytes in a block
/// @param kinds the state of each block, as [#FREE], [#HEAD], [#TAIL] or [#MARK]; not to be written to
@SuppressWarnings("ArrayRecordComponent") // half a million blocks; the array is the point
public record GcArea(
        int index,
        long allocationTable,
        long allocationTableBytes,
        long finaliserTable,
        long weakrefTable,
        long collectTable,
        long poolStart,
        long poolEnd,
        int blockSize,
        byte[] kinds) {
    /// A block that nothing uses.
    public static final byte FREE = 0;

    /// The first block of an allocation.
    public static final byte HEAD = 1;

    /// A further block of an allocation.
    public static final byte TAIL = 2;

    /// The first block of an allocation that a running collection has reached.
    public static final byte MARK = 3;

    /// The number of blocks.
    public int blocks() {
        return kinds.length;
    }

    /// The address of a block.
    public long address(int block) {
        return poolStart + (long) block * blockSize;
    }

    /// The block that an address is in, -1 when it is not in this pool.
    public int blockOf(long address) {
        long offset = address - poolStart;
        return offset < 0 || offset >= (long) kinds.length * blockSize
                ? -1
                : (int) (offset / blockSize);
    }

    /// Whether an allocation starts at a block.
    public boolean isHead(int block) {
        return kinds[block] == HEAD || kinds[block] == MARK;
    }

    /// How many blocks the allocation that starts at `block` has.
    public int length(int block) {
        int end = block + 1;
        while (end < kinds.length && kinds[end] == TAIL) {
            end++;
        }
        return end - block;
    }
}
