package dev.chipray.trace;

import java.util.Arrays;

/// Allocation events in columns, for those who need to go back to any of them; 29 bytes an event.
///
/// A sink while it is filled. One writer; any number of readers after that.
public final class AllocationColumns implements AllocationSink {

    private static final int INITIAL_CAPACITY = 1024;
    private static final EventKind[] KINDS = EventKind.values();

    private long[] times = new long[INITIAL_CAPACITY];
    private byte[] kinds = new byte[INITIAL_CAPACITY];
    private long[] blocks = new long[INITIAL_CAPACITY];
    private long[] sizes = new long[INITIAL_CAPACITY];
    private int[] stacks = new int[INITIAL_CAPACITY];
    private int size;

    @Override
    public void event(long time, EventKind kind, long block, long length, int stack) {
        if (size == times.length) {
            int capacity = Math.toIntExact(size * 2L);
            times = Arrays.copyOf(times, capacity);
            kinds = Arrays.copyOf(kinds, capacity);
            blocks = Arrays.copyOf(blocks, capacity);
            sizes = Arrays.copyOf(sizes, capacity);
            stacks = Arrays.copyOf(stacks, capacity);
        }
        times[size] = time;
        kinds[size] = (byte) kind.ordinal();
        blocks[size] = block;
        sizes[size] = length;
        stacks[size] = stack;
        size++;
    }

    /// How many events there are.
    public int size() {
        return size;
    }

    public long time(int event) {
        return times[event];
    }

    public EventKind kind(int event) {
        return KINDS[kinds[event]];
    }

    public long block(int event) {
        return blocks[event];
    }

    public long length(int event) {
        return sizes[event];
    }

    public int stack(int event) {
        return stacks[event];
    }

    /// Tells all events to `sink`, in order.
    public void replay(AllocationSink sink) {
        for (int event = 0; event < size; event++) {
            sink.event(
                    times[event], KINDS[kinds[event]], blocks[event], sizes[event], stacks[event]);
        }
    }
}
