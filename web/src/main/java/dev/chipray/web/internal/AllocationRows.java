package dev.chipray.web.internal;

import dev.chipray.trace.EndCause;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Allocations from beginning to end, in columns, ordered by the event that began them; 54 bytes each.
final class AllocationRows {

    /// The end of what is still alive.
    static final long ALIVE = Long.MAX_VALUE;

    private static final EndCause[] CAUSES = EndCause.values();

    private long[] starts = new long[1024];
    private long[] ends = new long[1024];
    private long[] startTimes = new long[1024];
    private long[] endTimes = new long[1024];
    private long[] blocks = new long[1024];
    private long[] sizes = new long[1024];
    private int[] startStacks = new int[1024];
    private int[] endStacks = new int[1024];
    private byte[] causes = new byte[1024];
    private boolean[] resized = new boolean[1024];
    private int size;

    /// Appends one that is alive.
    int add(long start, long startTime, long block, long length, int startStack, boolean isResize) {
        if (size == starts.length) {
            grow(Math.toIntExact(size * 2L));
        }
        starts[size] = start;
        ends[size] = ALIVE;
        startTimes[size] = startTime;
        endTimes[size] = 0;
        blocks[size] = block;
        sizes[size] = length;
        startStacks[size] = startStack;
        endStacks[size] = 0;
        causes[size] = -1;
        resized[size] = isResize;
        return size++;
    }

    private void grow(int capacity) {
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        startTimes = Arrays.copyOf(startTimes, capacity);
        endTimes = Arrays.copyOf(endTimes, capacity);
        blocks = Arrays.copyOf(blocks, capacity);
        sizes = Arrays.copyOf(sizes, capacity);
        startStacks = Arrays.copyOf(startStacks, capacity);
        endStacks = Arrays.copyOf(endStacks, capacity);
        causes = Arrays.copyOf(causes, capacity);
        resized = Arrays.copyOf(resized, capacity);
    }

    void end(int row, long end, long endTime, int endStack, EndCause cause) {
        ends[row] = end;
        endTimes[row] = endTime;
        endStacks[row] = endStack;
        causes[row] = (byte) cause.ordinal();
    }

    /// Copies row `from` over row `to`.
    void move(int from, int to) {
        starts[to] = starts[from];
        ends[to] = ends[from];
        startTimes[to] = startTimes[from];
        endTimes[to] = endTimes[from];
        blocks[to] = blocks[from];
        sizes[to] = sizes[from];
        startStacks[to] = startStacks[from];
        endStacks[to] = endStacks[from];
        causes[to] = causes[from];
        resized[to] = resized[from];
    }

    void truncate(int newSize) {
        size = newSize;
    }

    int size() {
        return size;
    }

    /// Ordinal of the event that began it.
    long start(int row) {
        return starts[row];
    }

    /// Ordinal of the event that ended it, or [#ALIVE].
    long end(int row) {
        return ends[row];
    }

    /// How many events it lived, or [#ALIVE].
    long life(int row) {
        return ends[row] == ALIVE ? ALIVE : ends[row] - starts[row];
    }

    long startTime(int row) {
        return startTimes[row];
    }

    long endTime(int row) {
        return endTimes[row];
    }

    long block(int row) {
        return blocks[row];
    }

    long length(int row) {
        return sizes[row];
    }

    int startStack(int row) {
        return startStacks[row];
    }

    /// The stack that ended it; 0 for what is alive.
    int endStack(int row) {
        return endStacks[row];
    }

    @Nullable EndCause cause(int row) {
        return causes[row] < 0 ? null : CAUSES[causes[row]];
    }

    boolean resized(int row) {
        return resized[row];
    }
}
