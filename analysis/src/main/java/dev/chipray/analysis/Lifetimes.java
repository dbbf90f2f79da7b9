package dev.chipray.analysis;

import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.EndCause;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.LiveBlocks;
import dev.chipray.trace.StackTable;
import dev.chipray.trace.TraceInfo;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells each allocation when it has ended, in that order, and at the end those that are still alive, in the order in which
/// they began.
///
/// Nothing is kept of those that were told.
public final class Lifetimes implements AllocationListener {

    private final Consumer<? super Lifetime> consumer;
    private long lastTime = -1;

    public Lifetimes(Consumer<? super Lifetime> consumer) {
        this.consumer = consumer;
    }

    @Override
    public void ended(
            LiveBlocks live, int handle, EndCause cause, long ordinal, long time, int stack) {
        consumer.accept(lifetime(live, handle, stack, ordinal, time, cause));
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
        lastTime = time;
    }

    /// Tells what is alive after the last event; to be called once, when all events were replayed.
    public void finish(AllocationReplay replay, TraceInfo info) {
        LiveBlocks live = replay.live();
        Integer[] handles = new Integer[live.count()];
        int[] next = {0};
        live.forEach(handle -> handles[next[0]++] = handle);
        Arrays.sort(handles, Comparator.comparingLong(live::ordinal));
        // A history read back has lost the events that it had no entry for, so its times can be
        // ahead of its events.
        long endTime =
                info.timeUnit() == TraceInfo.TimeUnit.EVENTS
                        ? Math.max(replay.events(), lastTime + 1)
                        : lastTime;
        for (int handle : handles) {
            consumer.accept(
                    lifetime(live, handle, StackTable.EMPTY, replay.events(), endTime, null));
        }
    }

    private static Lifetime lifetime(
            LiveBlocks live,
            int handle,
            int endStack,
            long endEvent,
            long endTime,
            @Nullable EndCause cause) {
        return new Lifetime(
                live.block(handle),
                live.size(handle),
                live.stack(handle),
                live.ordinal(handle),
                live.time(handle),
                endStack,
                endEvent,
                endTime,
                cause);
    }
}
