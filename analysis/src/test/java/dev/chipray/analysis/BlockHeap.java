package dev.chipray.analysis;

import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.EndCause;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.LiveBlocks;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A heap drawn block by block: the slow and obvious way to know what is free.
final class BlockHeap implements AllocationListener {

    record Reading(
            long used, long allocations, long usedEnd, long end, long largestFreeRun, long holes) {}

    private final BitSet used = new BitSet();
    private final long toldEnd;
    private int highestEnd;
    private long allocations;
    final List<Reading> readings = new ArrayList<>();

    BlockHeap(long toldEnd) {
        this.toldEnd = toldEnd;
    }

    @Override
    public void began(LiveBlocks live, int handle, boolean resized) {
        int end = (int) (live.block(handle) + live.size(handle));
        used.set((int) live.block(handle), end);
        highestEnd = Math.max(highestEnd, end);
        allocations++;
    }

    @Override
    public void ended(
            LiveBlocks live, int handle, EndCause cause, long ordinal, long time, int stack) {
        used.clear((int) live.block(handle), (int) (live.block(handle) + live.size(handle)));
        allocations--;
    }

    @Override
    public void event(
            LiveBlocks live,
            long ordinal,
            long time,
            EventKind kind,
            long block,
            long size,
            int stack) {
        long end = Math.max(toldEnd, highestEnd);
        long longest = 0;
        long holes = 0;
        long run = 0;
        for (int at = 0; at < end; at++) {
            if (used.get(at)) {
                holes += run > 0 ? 1 : 0;
                run = 0;
            } else {
                run++;
                longest = Math.max(longest, run);
            }
        }
        readings.add(
                new Reading(used.cardinality(), allocations, used.length(), end, longest, holes));
    }
}
