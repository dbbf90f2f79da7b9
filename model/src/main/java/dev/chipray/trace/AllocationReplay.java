package dev.chipray.trace;

import java.util.List;

/// Replays the events of a source against the blocks that are alive, and tells listeners what began and what ended.
///
/// This is where the meaning of events is decided, once for logs, recordings and captures:
///
/// - [EventKind#ALLOCATE] on or across live blocks ends those with [EndCause#IMPLIED]: their free was not seen.
/// - [EventKind#RESIZE] of a live block ends it with [EndCause#REALLOC]; of a block that is not live it is an allocation.
/// - [EventKind#FREE] and [EventKind#SWEEP] of a block where nothing live begins change nothing and are counted.
/// - [EventKind#IMPLIED_FREE] ends a block the way the replay itself would have; recordings hold it for other readers.
///
/// Every event but [EventKind#IMPLIED_FREE] has an ordinal, counted from 0. Used by one thread.
public final class AllocationReplay implements AllocationSink {

    private final LiveBlocks live = new LiveBlocks();
    private final AllocationListener[] listeners;

    private long events;
    private long allocations;
    private long impliedFrees;
    private long unmatchedFrees;
    private long emptyAllocations;

    public AllocationReplay(List<? extends AllocationListener> listeners) {
        this.listeners = listeners.toArray(AllocationListener[]::new);
    }

    @Override
    public void event(long time, EventKind kind, long block, long size, int stack) {
        if (kind == EventKind.IMPLIED_FREE) {
            endImplied(block, time, stack);
            return;
        }
        long ordinal = events;
        switch (kind) {
            case ALLOCATE -> allocate(time, block, size, stack, false);
            case RESIZE -> resize(time, block, size, stack);
            case FREE -> free(time, block, EndCause.FREE, stack);
            case SWEEP -> free(time, block, EndCause.SWEEP, stack);
            case IMPLIED_FREE -> throw new AssertionError("handled above");
        }
        events = ordinal + 1;
        for (AllocationListener listener : listeners) {
            listener.event(live, ordinal, time, kind, block, size, stack);
        }
    }

    private void allocate(long time, long block, long size, int stack, boolean resized) {
        if (size <= 0) {
            emptyAllocations++;
            return;
        }
        endCovered(block, LiveBlocks.endOf(block, size), time, stack);
        int handle = live.add(block, size, stack, events, time);
        allocations++;
        for (AllocationListener listener : listeners) {
            listener.began(live, handle, resized);
        }
    }

    private void resize(long time, long block, long size, int stack) {
        int handle = live.at(block);
        if (handle == LiveBlocks.NONE || size <= 0) {
            allocate(time, block, size, stack, false);
            return;
        }
        end(handle, EndCause.REALLOC, time, stack);
        allocate(time, block, size, stack, true);
    }

    private void free(long time, long block, EndCause cause, int stack) {
        int handle = live.at(block);
        if (handle == LiveBlocks.NONE) {
            unmatchedFrees++;
        } else {
            end(handle, cause, time, stack);
        }
    }

    private void endImplied(long block, long time, int stack) {
        int handle = live.at(block);
        if (handle != LiveBlocks.NONE) {
            impliedFrees++;
            end(handle, EndCause.IMPLIED, time, stack);
        }
    }

    private void endCovered(long block, long end, long time, int stack) {
        int before = live.floor(block);
        if (before != LiveBlocks.NONE && Long.compareUnsigned(live.end(before), block) > 0) {
            impliedFrees++;
            end(before, EndCause.IMPLIED, time, stack);
        }
        for (int next = live.ceiling(block);
                next != LiveBlocks.NONE && Long.compareUnsigned(live.block(next), end) < 0;
                next = live.ceiling(block)) {
            impliedFrees++;
            end(next, EndCause.IMPLIED, time, stack);
        }
    }

    private void end(int handle, EndCause cause, long time, int stack) {
        for (AllocationListener listener : listeners) {
            listener.ended(live, handle, cause, events, time, stack);
        }
        live.remove(handle);
    }

    /// What is alive after the last event.
    public LiveBlocks live() {
        return live;
    }

    /// How many events were replayed.
    public long events() {
        return events;
    }

    /// How many allocations began, those by a resize included.
    public long allocations() {
        return allocations;
    }

    /// How many allocations ended unseen.
    public long impliedFrees() {
        return impliedFrees;
    }

    /// How many frees named a block where nothing live begins.
    public long unmatchedFrees() {
        return unmatchedFrees;
    }

    /// How many allocations had no size and were passed over.
    public long emptyAllocations() {
        return emptyAllocations;
    }
}
