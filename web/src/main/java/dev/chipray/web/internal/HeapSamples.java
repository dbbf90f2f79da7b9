package dev.chipray.web.internal;

import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.LiveBlocks;

/// Used units and free runs over the recording, at no more than 2,048 of its events, evenly spread.
///
/// The highest use is exact for every event. Free runs are looked at where a sample ends, and never so often that
/// walking the live blocks costs more than sixteen of them an event.
final class HeapSamples implements AllocationListener {

    private static final int MOST = 2048;
    private static final int WALKED_PER_EVENT = 16;

    private final long[] ordinals = new long[MOST];
    private final long[] lastUsed = new long[MOST];
    private final long[] mostUsed = new long[MOST];
    private final long[] innerRun = new long[MOST];
    private final long[] holes = new long[MOST];
    private final long[] firstBlock = new long[MOST];
    private final long[] endOfLast = new long[MOST];
    private int size;
    private long spacing = 1;
    private long since;
    private long most;

    private long peak;
    private long peakOrdinal;
    private long lowest = -1;

    @Override
    public void event(
            LiveBlocks live,
            long ordinal,
            long time,
            EventKind kind,
            long block,
            long length,
            int stack) {
        long used = live.total();
        if (used > peak) {
            peak = used;
            peakOrdinal = ordinal;
        }
        if ((kind == EventKind.ALLOCATE || kind == EventKind.RESIZE)
                && Long.compareUnsigned(block, lowest) < 0) {
            lowest = block;
        }
        most = Math.max(most, used);
        since++;
        if (since >= spacing && since * WALKED_PER_EVENT >= live.count()) {
            sample(live, ordinal);
        }
    }

    private void sample(LiveBlocks live, long ordinal) {
        if (size == MOST) {
            halve();
            if (since < spacing) {
                return;
            }
        }
        int lowestHandle = live.ceiling(0);
        long first = lowestHandle == LiveBlocks.NONE ? 0 : live.block(lowestHandle);
        long[] walk = {first, 0, 0};
        live.forEach(handle -> {
            long gap = live.block(handle) - walk[0];
            if (gap > 0) {
                walk[1] = Math.max(walk[1], gap);
                walk[2]++;
            }
            walk[0] = live.end(handle);
        });
        firstBlock[size] = first;
        ordinals[size] = ordinal;
        lastUsed[size] = live.total();
        mostUsed[size] = most;
        innerRun[size] = walk[1];
        holes[size] = walk[2];
        endOfLast[size] = walk[0];
        size++;
        since = 0;
        most = live.total();
    }

    /// Drops every other sample; a kept one answers for the one before it.
    private void halve() {
        for (int i = 0; i < MOST / 2; i++) {
            int from = 2 * i + 1;
            ordinals[i] = ordinals[from];
            lastUsed[i] = lastUsed[from];
            mostUsed[i] = Math.max(mostUsed[from - 1], mostUsed[from]);
            innerRun[i] = innerRun[from];
            holes[i] = holes[from];
            firstBlock[i] = firstBlock[from];
            endOfLast[i] = endOfLast[from];
        }
        size = MOST / 2;
        spacing *= 2;
    }

    /// The state after the last event, which is always worth a sample.
    void finish(LiveBlocks live, long events) {
        if (events > 0 && since > 0) {
            sample(live, events - 1);
        }
    }

    /// Appends the samples: ordinal, units used last and at most, largest free run, number of free runs.
    ///
    /// @param heapStart first unit of the heap
    /// @param heapEnd   first unit after it
    void write(ByteColumn out, long heapStart, long heapEnd) {
        out.unsigned(size);
        long before = 0;
        for (int i = 0; i < size; i++) {
            long first = firstBlock[i] - heapStart;
            long tail = heapEnd - endOfLast[i];
            boolean empty = lastUsed[i] == 0;
            long run = empty ? heapEnd - heapStart : Math.max(innerRun[i], Math.max(first, tail));
            long count = empty ? 1 : holes[i] + (first > 0 ? 1 : 0) + (tail > 0 ? 1 : 0);
            out.unsigned(ordinals[i] - before);
            out.unsigned(lastUsed[i]);
            out.unsigned(mostUsed[i]);
            out.unsigned(Math.max(0, run));
            out.unsigned(count);
            before = ordinals[i];
        }
    }

    /// The most units ever used.
    long peak() {
        return peak;
    }

    /// The first event after which [#peak()] units were used.
    long peakOrdinal() {
        return peakOrdinal;
    }

    /// The lowest block ever allocated, unsigned; 0 where there was none.
    long lowest() {
        return lowest == -1 ? 0 : lowest;
    }
}
