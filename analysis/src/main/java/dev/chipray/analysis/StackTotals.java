package dev.chipray.analysis;

import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.EndCause;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.LiveBlocks;
import java.util.Arrays;

/// Adds up, for each call stack, what it holds, held at the peak, allocated, and allocated for a moment only.
///
/// Memory is about 90 bytes for each stack that allocated, and 4 bytes for each other stack. An event costs a few
/// additions: who held the peak is kept by copying a stack's numbers before their first change after a peak, not by
/// copying all of them at each peak.
public final class StackTotals implements AllocationListener {

    /// An allocation that is freed within this many events is temporary, unless the caller says otherwise.
    public static final long TEMPORARY_EVENTS = 1000;

    /// For the event to look at: none in particular.
    public static final long NO_EVENT = -1;

    // One row of these for each stack, so that an event touches one or two cache lines.
    private static final int LIVE = 0;
    private static final int LIVE_COUNT = 1;
    private static final int PEAK = 2;
    private static final int PEAK_COUNT = 3;
    private static final int PEAK_EPOCH = 4;
    private static final int TOTAL = 5;
    private static final int TOTAL_COUNT = 6;
    private static final int TEMPORARY = 7;
    private static final int TEMPORARY_COUNT = 8;
    private static final int COLUMNS = 9;

    private static final int INITIAL_ROWS = 64;

    private final long temporaryEvents;
    private final long wantedEvent;

    /// For each stack of the trace the number of its row, counted from 1; 0 where it has none.
    private int[] rowOf = new int[INITIAL_ROWS];

    private int[] stackOf = new int[INITIAL_ROWS];
    private long[] rows = new long[INITIAL_ROWS * COLUMNS];
    private int used;

    private long epoch;
    private long peakSize;
    private long peakCount;
    private long peakEvent = -1;
    private long peakTime;

    private long lastSize;
    private long lastCount;
    private long lastEvent = -1;
    private long lastTime;

    private StackWeights atEvent =
            new StackWeights(Metric.LIVE, new int[0], new long[0], new long[0]);
    private Moment atMoment = Moment.START;

    public StackTotals() {
        this(TEMPORARY_EVENTS, NO_EVENT);
    }

    /// @param temporaryEvents an allocation freed at most this many events after it began is temporary
    /// @param wantedEvent     the event after which [#atEvent()] is wanted, counted from 0, or [#NO_EVENT]
    public StackTotals(long temporaryEvents, long wantedEvent) {
        this.temporaryEvents = temporaryEvents;
        this.wantedEvent = wantedEvent;
    }

    @Override
    public void began(LiveBlocks live, int handle, boolean resized) {
        int row = rowFor(live.stack(handle));
        keepPeak(row);
        long size = live.size(handle);
        rows[row + LIVE] += size;
        rows[row + LIVE_COUNT]++;
        rows[row + TOTAL] += size;
        rows[row + TOTAL_COUNT]++;
    }

    @Override
    public void ended(
            LiveBlocks live, int handle, EndCause cause, long ordinal, long time, int stack) {
        int row = rowFor(live.stack(handle));
        keepPeak(row);
        long size = live.size(handle);
        rows[row + LIVE] -= size;
        rows[row + LIVE_COUNT]--;
        if (cause != EndCause.REALLOC && ordinal - live.ordinal(handle) <= temporaryEvents) {
            rows[row + TEMPORARY] += size;
            rows[row + TEMPORARY_COUNT]++;
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
        lastSize = live.total();
        lastCount = live.count();
        lastEvent = ordinal;
        lastTime = time;
        if (lastSize > peakSize) {
            epoch++;
            peakSize = lastSize;
            peakCount = lastCount;
            peakEvent = ordinal;
            peakTime = time;
        }
        if (ordinal == wantedEvent) {
            atMoment = end();
            atEvent = weights(Metric.LIVE);
        }
    }

    private void keepPeak(int row) {
        if (rows[row + PEAK_EPOCH] != epoch) {
            rows[row + PEAK_EPOCH] = epoch;
            rows[row + PEAK] = rows[row + LIVE];
            rows[row + PEAK_COUNT] = rows[row + LIVE_COUNT];
        }
    }

    private int rowFor(int stack) {
        if (stack >= rowOf.length) {
            rowOf = Arrays.copyOf(rowOf, Math.max(stack + 1, growth(rowOf.length)));
        }
        int known = rowOf[stack];
        return known != 0 ? (known - 1) * COLUMNS : newRow(stack);
    }

    private int newRow(int stack) {
        if (used == stackOf.length) {
            stackOf = Arrays.copyOf(stackOf, growth(used));
            rows = Arrays.copyOf(rows, Math.multiplyExact(stackOf.length, COLUMNS));
        }
        stackOf[used] = stack;
        rowOf[stack] = used + 1;
        int row = used++ * COLUMNS;
        // A stack that was not there at the peak held nothing then, which its zeroes say already.
        rows[row + PEAK_EPOCH] = epoch;
        return row;
    }

    private static int growth(int length) {
        return length + Math.max(length >> 1, INITIAL_ROWS);
    }

    /// What each stack that ever allocated weighs by `metric`, as of the last event replayed.
    public StackWeights weights(Metric metric) {
        long[] sizes = new long[used];
        long[] counts = new long[used];
        for (int entry = 0; entry < used; entry++) {
            int row = entry * COLUMNS;
            boolean kept = rows[row + PEAK_EPOCH] == epoch;
            sizes[entry] =
                    switch (metric) {
                        case LIVE -> rows[row + LIVE];
                        case PEAK -> rows[row + (kept ? PEAK : LIVE)];
                        case TOTAL, COUNT -> rows[row + TOTAL];
                        case TEMPORARY -> rows[row + TEMPORARY];
                        case CHURN -> rows[row + TOTAL] - rows[row + LIVE];
                    };
            counts[entry] =
                    switch (metric) {
                        case LIVE -> rows[row + LIVE_COUNT];
                        case PEAK -> rows[row + (kept ? PEAK_COUNT : LIVE_COUNT)];
                        case TOTAL, COUNT -> rows[row + TOTAL_COUNT];
                        case TEMPORARY -> rows[row + TEMPORARY_COUNT];
                        case CHURN -> rows[row + TOTAL_COUNT] - rows[row + LIVE_COUNT];
                    };
        }
        return new StackWeights(metric, Arrays.copyOf(stackOf, used), sizes, counts);
    }

    /// What each stack held after the event asked for; nothing where [#atMoment()] says that it never came.
    public StackWeights atEvent() {
        return atEvent;
    }

    /// The event asked for, or [Moment#START] where the trace has no such event.
    public Moment atMoment() {
        return atMoment;
    }

    /// The first moment at which the most was alive.
    public Moment peak() {
        return new Moment(peakEvent, peakTime, peakSize, peakCount);
    }

    /// The moment after the last event.
    public Moment end() {
        return new Moment(lastEvent, lastTime, lastSize, lastCount);
    }

    /// At most this many events after it began, an allocation that was freed counts as temporary.
    public long temporaryEvents() {
        return temporaryEvents;
    }
}
