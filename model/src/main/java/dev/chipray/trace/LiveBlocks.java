package dev.chipray.trace;

import java.util.Arrays;

/// The allocations that are alive at one moment of a replay, in columns under small reused handles.
///
/// Memory is about 60 bytes an allocation at the highest number ever alive. Only [AllocationReplay] changes it.
public final class LiveBlocks {

    /// What [#at], [#floor] and [#ceiling] return where there is none.
    public static final int NONE = -1;

    private static final int INITIAL_CAPACITY = 256;

    private long[] blocks = new long[INITIAL_CAPACITY];
    private long[] sizes = new long[INITIAL_CAPACITY];
    private long[] ordinals = new long[INITIAL_CAPACITY];
    private long[] times = new long[INITIAL_CAPACITY];
    private int[] stacks = new int[INITIAL_CAPACITY];
    private int[] freeHandles = new int[INITIAL_CAPACITY];
    private int freeCount;
    private int handles;
    private final OrderedBlockIndex index = new OrderedBlockIndex();

    private int count;
    private long total;
    private long end;
    private long lowest = -1L;

    LiveBlocks() {}

    /// First block of the allocation.
    public long block(int handle) {
        return blocks[handle];
    }

    /// Length of the allocation in the trace's unit.
    public long size(int handle) {
        return sizes[handle];
    }

    /// First block after the allocation; the highest unsigned number where it would lie beyond.
    public long end(int handle) {
        return endOf(blocks[handle], sizes[handle]);
    }

    /// Ordinal of the event that began it, counted from 0.
    public long ordinal(int handle) {
        return ordinals[handle];
    }

    /// Time of the event that began it.
    public long time(int handle) {
        return times[handle];
    }

    /// Call stack that allocated it.
    public int stack(int handle) {
        return stacks[handle];
    }

    /// How many allocations are alive.
    public int count() {
        return count;
    }

    /// Their sizes added up.
    public long total() {
        return total;
    }

    /// First block after the highest one ever allocated, unsigned: the least that the heap must be long.
    public long highestEnd() {
        return end;
    }

    /// Lowest first block ever allocated, unsigned; the highest unsigned number before the first allocation.
    public long lowestBlock() {
        return lowest;
    }

    /// All handles are below this number, for tables that go beside the columns.
    public int handleLimit() {
        return handles;
    }

    /// The allocation that begins at `block`, or [#NONE].
    public int at(long block) {
        return index.get(block);
    }

    /// The allocation with the highest first block not above `block`, or [#NONE].
    public int floor(long block) {
        return index.floor(block);
    }

    /// The allocation with the lowest first block not below `block`, or [#NONE].
    public int ceiling(long block) {
        return index.ceiling(block);
    }

    /// The allocation just below `handle`, or [#NONE].
    public int before(int handle) {
        long block = blocks[handle];
        return block == 0 ? NONE : index.floor(block - 1);
    }

    /// The allocation just above `handle`, or [#NONE].
    public int after(int handle) {
        long block = blocks[handle];
        return block == -1L ? NONE : index.ceiling(block + 1);
    }

    /// Calls `visitor` for each live allocation, lowest block first.
    public void forEach(HandleVisitor visitor) {
        index.forEach(visitor);
    }

    /// Takes a handle.
    @FunctionalInterface
    public interface HandleVisitor {
        void visit(int handle);
    }

    int add(long block, long size, int stack, long ordinal, long time) {
        int handle = freeCount > 0 ? freeHandles[--freeCount] : newHandle();
        blocks[handle] = block;
        sizes[handle] = size;
        stacks[handle] = stack;
        ordinals[handle] = ordinal;
        times[handle] = time;
        index.put(block, handle);
        count++;
        total += size;
        if (Long.compareUnsigned(block, lowest) < 0) {
            lowest = block;
        }
        long last = endOf(block, size);
        if (Long.compareUnsigned(last, end) > 0) {
            end = last;
        }
        return handle;
    }

    void remove(int handle) {
        index.remove(blocks[handle]);
        freeHandles[freeCount++] = handle;
        count--;
        total -= sizes[handle];
    }

    static long endOf(long block, long size) {
        long last = block + size;
        return Long.compareUnsigned(last, block) < 0 ? -1L : last;
    }

    private int newHandle() {
        if (handles == blocks.length) {
            int capacity = Math.toIntExact(handles * 2L);
            blocks = Arrays.copyOf(blocks, capacity);
            sizes = Arrays.copyOf(sizes, capacity);
            ordinals = Arrays.copyOf(ordinals, capacity);
            times = Arrays.copyOf(times, capacity);
            stacks = Arrays.copyOf(stacks, capacity);
            freeHandles = Arrays.copyOf(freeHandles, capacity);
        }
        return handles++;
    }
}
