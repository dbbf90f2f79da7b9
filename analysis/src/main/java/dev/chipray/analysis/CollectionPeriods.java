package dev.chipray.analysis;

import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.EndCause;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.LiveBlocks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Divides a trace at its garbage collections and tells each period when it is over.
///
/// A collection is a run of events that follow each other, each of which is a sweep or has a frame of the collector
/// ([CollectorFrames]) in its stack: a finaliser that allocates does not end it. Two collections with nothing between them
/// are one. Where the log tells neither sweeps nor such frames there is one period. Nothing is kept of those told.
public final class CollectionPeriods implements AllocationListener {

    private final CollectorFrames collector;
    private final Consumer<? super CollectionPeriod> consumer;

    // What the event that is being told has done so far; whether it begins a period is known when
    // all is told.
    private long eventAllocated;
    private boolean eventResized;
    private long eventFreed;
    private long eventSwept;
    private long eventSweptSize;
    private long eventImplied;

    private long number;
    private long usedNow;
    private final long[] sizeCounts = new long[SizeClass.CLASSES];
    private long firstEvent;
    private long events;
    private long collectionEvents;
    private long startTime;
    private long endTime;
    private long allocations;
    private long resizes;
    private long allocatedSize;
    private long freed;
    private long swept;
    private long impliedFrees;
    private long sweptSize;
    private long usedBefore;
    private long withoutSingle;
    private long longestWithoutSingle;

    /// @param stacks the trace's, which may still be growing
    public CollectionPeriods(CallStacks stacks, Consumer<? super CollectionPeriod> consumer) {
        collector = new CollectorFrames(stacks);
        this.consumer = consumer;
    }

    @Override
    public void began(LiveBlocks live, int handle, boolean resized) {
        eventAllocated = live.size(handle);
        eventResized = resized;
    }

    @Override
    public void ended(
            LiveBlocks live, int handle, EndCause cause, long ordinal, long time, int stack) {
        switch (cause) {
            case FREE -> eventFreed++;
            case SWEEP -> {
                eventSwept++;
                eventSweptSize += live.size(handle);
            }
            case IMPLIED -> eventImplied++;
            case REALLOC -> {
                // Told by what the allocation became.
            }
        }
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
        boolean collecting = kind == EventKind.SWEEP || collector.contains(stack);
        if (!collecting && collectionEvents > 0) {
            tell();
        }
        if (events == 0) {
            firstEvent = ordinal;
            startTime = time;
        }
        events++;
        endTime = time;
        if (collecting) {
            if (collectionEvents == 0) {
                usedBefore = usedNow;
            }
            collectionEvents++;
        }
        addEvent();
        usedNow = live.total();
    }

    private void addEvent() {
        freed += eventFreed;
        swept += eventSwept;
        sweptSize += eventSweptSize;
        impliedFrees += eventImplied;
        if (eventAllocated > 0) {
            sizeCounts[SizeClass.of(eventAllocated)]++;
            allocatedSize += eventAllocated;
            if (eventResized) {
                resizes++;
            } else {
                allocations++;
                withoutSingle = eventAllocated == 1 ? 0 : withoutSingle + 1;
                longestWithoutSingle = Math.max(longestWithoutSingle, withoutSingle);
            }
        }
        eventAllocated = 0;
        eventFreed = 0;
        eventSwept = 0;
        eventSweptSize = 0;
        eventImplied = 0;
    }

    /// Tells the last period, which no collection ended; to be called once, when all events were replayed.
    public void finish() {
        if (events > 0) {
            tell();
        }
    }

    private void tell() {
        List<SizeClass> sizes = new ArrayList<>();
        for (int index = 0; index < sizeCounts.length; index++) {
            if (sizeCounts[index] > 0) {
                sizes.add(SizeClass.at(index, sizeCounts[index]));
                sizeCounts[index] = 0;
            }
        }
        consumer.accept(
                new CollectionPeriod(
                        number++,
                        firstEvent,
                        events,
                        collectionEvents,
                        startTime,
                        endTime,
                        allocations,
                        resizes,
                        allocatedSize,
                        freed,
                        swept,
                        impliedFrees,
                        sweptSize,
                        collectionEvents == 0 ? usedNow : usedBefore,
                        usedNow,
                        sizes,
                        longestWithoutSingle));
        events = 0;
        collectionEvents = 0;
        allocations = 0;
        resizes = 0;
        allocatedSize = 0;
        freed = 0;
        swept = 0;
        impliedFrees = 0;
        sweptSize = 0;
        withoutSingle = 0;
        longestWithoutSingle = 0;
    }
}
