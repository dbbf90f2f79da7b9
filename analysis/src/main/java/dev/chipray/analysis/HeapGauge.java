package dev.chipray.analysis;

import dev.chipray.analysis.internal.RunLengths;
import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.EndCause;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.LiveBlocks;
import dev.chipray.trace.TraceInfo;
import java.util.List;

/// Knows after each event how full the heap is, its largest free run and its holes, and shows it to readers.
///
/// It follows changes and never walks the heap: an event costs two look-ups of neighbours. Memory is at most 1 MiB, and
/// follows the distinct lengths of free runs above 262,143.
public final class HeapGauge implements AllocationListener {

    /// Looks at the gauge after each event; must not keep it.
    @FunctionalInterface
    public interface Reader {
        void read(HeapGauge gauge);
    }

    private final Reader[] readers;
    private final long toldLength;
    private final boolean startMoves;
    private final RunLengths holes = new RunLengths();

    private long event = -1;
    private long time;
    private long used;
    private long allocations;
    private long start;
    private boolean started;
    private long usedEnd;
    private long highestEnd;

    public HeapGauge(TraceInfo info, List<? extends Reader> readers) {
        this.readers = readers.toArray(Reader[]::new);
        toldLength = info.heapBlocks();
        // Blocks count from the heap's start; addresses do not, and the first one stands in for it.
        startMoves = info.unit() == TraceInfo.Unit.BYTES;
    }

    @Override
    public void began(LiveBlocks live, int handle, boolean resized) {
        long block = live.block(handle);
        long end = live.end(handle);
        if (startMoves && !started) {
            start = block;
        }
        started = true;
        int below = live.before(handle);
        int above = live.after(handle);
        if (above == LiveBlocks.NONE) {
            usedEnd = end;
        } else {
            long oldHoleStart = below == LiveBlocks.NONE ? start : live.end(below);
            holes.remove(live.block(above) - oldHoleStart);
            holes.add(live.block(above) - end);
        }
        if (startMoves && Long.compareUnsigned(block, start) < 0) {
            start = block;
        }
        holes.add(block - (below == LiveBlocks.NONE ? start : live.end(below)));
    }

    @Override
    public void ended(
            LiveBlocks live, int handle, EndCause cause, long ordinal, long endTime, int stack) {
        int below = live.before(handle);
        int above = live.after(handle);
        long holeStart = below == LiveBlocks.NONE ? start : live.end(below);
        holes.remove(live.block(handle) - holeStart);
        if (above == LiveBlocks.NONE) {
            usedEnd = holeStart;
        } else {
            holes.remove(live.block(above) - live.end(handle));
            holes.add(live.block(above) - holeStart);
        }
    }

    @Override
    public void event(
            LiveBlocks live,
            long ordinal,
            long eventTime,
            EventKind kind,
            long block,
            long size,
            int stack) {
        event = ordinal;
        time = eventTime;
        used = live.total();
        allocations = live.count();
        highestEnd = live.highestEnd();
        for (Reader reader : readers) {
            reader.read(this);
        }
    }

    /// The last event, counted from 0; -1 before the first.
    public long event() {
        return event;
    }

    /// Its time.
    public long time() {
        return time;
    }

    /// What is alive, in the unit of the trace.
    public long used() {
        return used;
    }

    /// How many allocations are alive.
    public long allocations() {
        return allocations;
    }

    /// First block after the highest live one; where the heap begins if nothing is alive.
    public long usedEnd() {
        return usedEnd;
    }

    /// Where the heap begins.
    public long heapStart() {
        return start;
    }

    /// First block after the heap, as told or as the highest one seen so far.
    public long heapEnd() {
        long toldEnd = start + toldLength;
        return Long.compareUnsigned(highestEnd, toldEnd) > 0 ? highestEnd : toldEnd;
    }

    /// Whether nobody told how long the heap is, or what was told is shorter than the heap has been seen to be.
    public boolean endIsEstimate() {
        return toldLength == 0 || Long.compareUnsigned(highestEnd, start + toldLength) > 0;
    }

    /// Length of the longest free run, the one at the heap's end included.
    public long largestFreeRun() {
        long tail = heapEnd() - usedEnd;
        long hole = holes.longest();
        return Long.compareUnsigned(tail, hole) > 0 ? tail : hole;
    }

    /// How many free runs have something alive above them.
    public long holes() {
        return holes.size();
    }

    /// Free blocks in the heap.
    public long free() {
        return heapEnd() - start - used;
    }

    /// All of it as a record.
    public HeapReading reading() {
        return new HeapReading(
                event,
                time,
                used,
                allocations,
                usedEnd,
                start,
                heapEnd(),
                endIsEstimate(),
                largestFreeRun(),
                holes());
    }
}
