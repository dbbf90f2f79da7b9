package dev.chipray.analysis;

import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.EndCause;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.LiveBlocks;

/// Counts events by kind and ends by cause, and remembers the first and the last time.
public final class EventCounts implements AllocationListener {

    private final long[] kinds = new long[EventKind.values().length];
    private final long[] causes = new long[EndCause.values().length];
    private long firstTime;
    private long lastTime;
    private boolean any;

    @Override
    public void ended(
            LiveBlocks live, int handle, EndCause cause, long ordinal, long time, int stack) {
        causes[cause.ordinal()]++;
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
        kinds[kind.ordinal()]++;
        if (!any) {
            any = true;
            firstTime = time;
        }
        lastTime = time;
    }

    /// How many events were of `kind`, as the source told them.
    public long events(EventKind kind) {
        return kinds[kind.ordinal()];
    }

    /// How many allocations ended with `cause`.
    public long ended(EndCause cause) {
        return causes[cause.ordinal()];
    }

    /// Time of the first event; 0 where there is none.
    public long firstTime() {
        return firstTime;
    }

    /// Time of the last event; 0 where there is none.
    public long lastTime() {
        return lastTime;
    }
}
