package dev.chipray.ingest.history;

import java.util.Arrays;

/// The entries of a history in columns, in the order of the file; 49 bytes an entry.
final class Lives {

    /// Time at which what is alive ends.
    static final long NEVER = Long.MAX_VALUE;

    /// How an entry ended.
    enum End {
        ALIVE,
        FREE,
        IMPLIED,
        SWEEP,
        REALLOC
    }

    private static final End[] ENDS = End.values();

    private long[] blocks = new long[64];
    private long[] sizes = new long[64];
    private long[] startTimes = new long[64];
    private long[] endTimes = new long[64];
    private int[] startStacks = new int[64];
    private int[] endStacks = new int[64];
    private byte[] ends = new byte[64];
    private int size;

    void add(
            long block,
            long length,
            long startTime,
            int startStack,
            End end,
            long endTime,
            int endStack) {
        if (size == blocks.length) {
            int capacity = Math.toIntExact(size * 2L);
            blocks = Arrays.copyOf(blocks, capacity);
            sizes = Arrays.copyOf(sizes, capacity);
            startTimes = Arrays.copyOf(startTimes, capacity);
            endTimes = Arrays.copyOf(endTimes, capacity);
            startStacks = Arrays.copyOf(startStacks, capacity);
            endStacks = Arrays.copyOf(endStacks, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        blocks[size] = block;
        sizes[size] = length;
        startTimes[size] = startTime;
        endTimes[size] = end == End.ALIVE ? NEVER : endTime;
        startStacks[size] = startStack;
        endStacks[size] = endStack;
        ends[size] = (byte) end.ordinal();
        size++;
    }

    int size() {
        return size;
    }

    long block(int life) {
        return blocks[life];
    }

    long length(int life) {
        return sizes[life];
    }

    long startTime(int life) {
        return startTimes[life];
    }

    /// [#NEVER] for what is alive.
    long endTime(int life) {
        return endTimes[life];
    }

    int startStack(int life) {
        return startStacks[life];
    }

    int endStack(int life) {
        return endStacks[life];
    }

    End end(int life) {
        return ENDS[ends[life]];
    }

    /// Whether the two have a block in common.
    boolean overlap(int a, int b) {
        return blocks[a] < blocks[b] + sizes[b] && blocks[b] < blocks[a] + sizes[a];
    }
}
