package dev.chipray.analysis;

import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.EndCause;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.TraceInfo;
import java.util.List;

/// All that an [AllocationSummary] needs to hear of one replay.
///
/// Give [#listeners()] to the replay, and ask for [#summary] when it is over.
public final class Summarizer {

    /// Holders told unless the caller says otherwise.
    public static final int HOLDERS = 5;

    private final CallStacks stacks;
    private final TraceInfo info;
    private final StackTotals totals;
    private final EventCounts counts = new EventCounts();
    private final WorstFragmentation worst = new WorstFragmentation();
    private final HeapGauge gauge;
    private final CollectionPeriods periods;
    private long collections;

    /// @param stacks the trace's, which may still be growing
    /// @param info   what is known before the replay; the heap's length counts
    public Summarizer(CallStacks stacks, TraceInfo info, long temporaryEvents) {
        this.stacks = stacks;
        this.info = info;
        totals = new StackTotals(temporaryEvents, StackTotals.NO_EVENT);
        gauge = new HeapGauge(info, List.of(worst));
        periods =
                new CollectionPeriods(
                        stacks,
                        period -> {
                            if (period.collected()) {
                                collections++;
                            }
                        });
    }

    public Summarizer(CallStacks stacks, TraceInfo info) {
        this(stacks, info, StackTotals.TEMPORARY_EVENTS);
    }

    /// What must follow the replay.
    public List<AllocationListener> listeners() {
        return List.of(totals, counts, gauge, periods);
    }

    /// The totals of each stack, for those who want a tree of the same replay.
    public StackTotals totals() {
        return totals;
    }

    /// The summary; to be asked for once, when all events were replayed.
    ///
    /// @param finalInfo what is known of the trace by now
    public AllocationSummary summary(
            AllocationReplay replay, TraceInfo finalInfo, AllocatorFrames allocator, int holders) {
        periods.finish();
        StackWeights temporary = totals.weights(Metric.TEMPORARY);
        StackWeights all = totals.weights(Metric.TOTAL);
        boolean any = replay.events() > 0;
        return new AllocationSummary(
                finalInfo,
                replay.events(),
                counts.events(EventKind.ALLOCATE),
                counts.events(EventKind.RESIZE),
                counts.events(EventKind.FREE),
                counts.events(EventKind.SWEEP),
                counts.firstTime(),
                counts.lastTime(),
                replay.allocations(),
                all.total(),
                counts.ended(EndCause.FREE),
                counts.ended(EndCause.SWEEP),
                counts.ended(EndCause.REALLOC),
                replay.impliedFrees(),
                replay.unmatchedFrees(),
                replay.emptyAllocations(),
                totals.peak(),
                totals.end(),
                temporary.total(),
                temporary.totalAllocations(),
                totals.temporaryEvents(),
                totals.weights(Metric.CHURN).total(),
                collections,
                Holders.of(stacks, totals.weights(Metric.LIVE), allocator, holders),
                Holders.of(stacks, totals.weights(Metric.PEAK), allocator, holders),
                any ? gauge.reading() : null,
                worst.worst(),
                all.size());
    }

    /// The summary with the usual allocators and number of holders.
    public AllocationSummary summary(AllocationReplay replay) {
        return summary(replay, info, AllocatorFrames.DEFAULT, HOLDERS);
    }
}
