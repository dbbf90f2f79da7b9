package dev.chipray.analysis;

import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.LiveBlocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is alive where after one event, and what lies free between; sizes in the unit of the trace.
///
/// Memory follows what is alive. The reading says where the heap ends and whether that is an estimate.
///
/// @param reading     figures of that moment, fragmentation included
/// @param allocations what is alive, lowest block first
public record HeapMap(HeapReading reading, List<Allocation> allocations) {

    /// One allocation.
    public record Allocation(long block, long size, int stack, long event, long time) {}

    /// A run of free blocks.
    public record FreeRun(long block, long size) {}

    public HeapMap {
        allocations = List.copyOf(allocations);
    }

    /// The free runs from the heap's start to its end, lowest first.
    public List<FreeRun> freeRuns() {
        List<FreeRun> runs = new ArrayList<>();
        long at = reading.heapStart();
        for (Allocation allocation : allocations) {
            if (allocation.block != at) {
                runs.add(new FreeRun(at, allocation.block - at));
            }
            // What would reach beyond the last block ends there, as it does in a replay.
            long end = allocation.block + allocation.size;
            at = Long.compareUnsigned(end, allocation.block) < 0 ? -1L : end;
        }
        if (at != reading.heapEnd()) {
            runs.add(new FreeRun(at, reading.heapEnd() - at));
        }
        return List.copyOf(runs);
    }

    /// The map of what is alive now.
    ///
    /// @param gauge has followed the same replay
    public static HeapMap of(LiveBlocks live, HeapGauge gauge) {
        return of(live, gauge.reading());
    }

    private static HeapMap of(LiveBlocks live, HeapReading reading) {
        List<Allocation> allocations = new ArrayList<>(live.count());
        live.forEach(handle ->
                allocations.add(
                        new Allocation(
                                live.block(handle),
                                live.size(handle),
                                live.stack(handle),
                                live.ordinal(handle),
                                live.time(handle))));
        return new HeapMap(reading, allocations);
    }

    /// Takes the map after one event of a replay; it must follow the replay after its gauge.
    public static final class At implements AllocationListener {

        private final HeapGauge gauge;
        private final long wantedEvent;
        private final List<HeapMap> taken = new ArrayList<>(1);

        /// @param wantedEvent the event, counted from 0
        public At(HeapGauge gauge, long wantedEvent) {
            this.gauge = gauge;
            this.wantedEvent = wantedEvent;
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
            if (ordinal == wantedEvent) {
                taken.add(HeapMap.of(live, gauge));
            }
        }

        /// The map; empty where the trace has no such event.
        public Optional<HeapMap> map() {
            return taken.stream().findFirst();
        }
    }
}
