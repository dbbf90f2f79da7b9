package dev.chipray.ingest.history;

import dev.chipray.trace.AllocationSink;
import dev.chipray.trace.EventKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Turns the entries of a history back into the events they came from.
///
/// Ends keep the order of the file where their times are equal; a start goes before an end of the same time only where it
/// is the beginning of what ends. An end by `realloc` and the start at the same block and time are one resize. Used once.
final class HistoryEvents {

    /// How many entries that begin at one moment of a clock are looked through for the one that belongs to an end.
    private static final int SAME_TIME_LIMIT = 4096;

    private final Lives lives;
    private final AllocationSink sink;

    /// Entries by start and ended entries by end; equal times in the order of the file.
    private final int[] starts;

    private final int[] ends;
    private int nextStart;
    private final boolean[] started;
    private final boolean counted;

    private long nextOrdinal;
    private long fillers;

    HistoryEvents(Lives lives, long statedEvents, AllocationSink sink) {
        this.lives = lives;
        this.sink = sink;
        starts = sorted(Comparator.comparingLong(lives::startTime), false);
        ends = sorted(Comparator.comparingLong(lives::endTime), true);
        started = new boolean[lives.size()];
        counted = countsEvents(statedEvents);
    }

    private int[] sorted(Comparator<Integer> order, boolean endedOnly) {
        return IntStream.range(0, lives.size())
                .filter(life -> !endedOnly || lives.end(life) != Lives.End.ALIVE)
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// Whether times are numbers of events: then no two events share one, and few numbers are missing.
    private boolean countsEvents(long statedEvents) {
        long[] times = new long[starts.length + ends.length];
        int count = 0;
        long previous = -1;
        for (int life : starts) {
            if (lives.startTime(life) == previous) {
                return false;
            }
            previous = lives.startTime(life);
            times[count++] = previous;
        }
        long lastEvent = -1;
        for (int life : ends) {
            if (isEvent(life)) {
                if (lives.endTime(life) == lastEvent || startsElsewhere(life)) {
                    return false;
                }
                lastEvent = lives.endTime(life);
                times[count++] = lastEvent;
            }
        }
        Arrays.sort(times, 0, count);
        long distinct =
                IntStream.range(0, count).filter(i -> i == 0 || times[i] != times[i - 1]).count();
        long last = count == 0 ? -1 : times[count - 1];
        return (statedEvents == 0 || last < statedEvents)
                && Math.max(last, statedEvents) < distinct * 2 + 1024;
    }

    /// Whether the end was an event of its own: not one that a start at the same time made.
    private boolean isEvent(int life) {
        return lives.end(life) == Lives.End.FREE || lives.end(life) == Lives.End.SWEEP;
    }

    /// Whether something begins at the time at which `life` ends by an event of its own.
    private boolean startsElsewhere(int life) {
        int at = firstStartAt(lives.endTime(life));
        return at < starts.length && lives.startTime(starts[at]) == lives.endTime(life);
    }

    private int firstStartAt(long time) {
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lives.startTime(starts[middle]) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Whether times are numbers of events, from 0; else they are those of a clock.
    boolean countsEvents() {
        return counted;
    }

    /// How many events were put in for numbers that no entry has: they changed nothing.
    long fillers() {
        return fillers;
    }

    /// Tells all events.
    ///
    /// @param statedEvents how many there were, where the entries that are alive say so
    void tell(long statedEvents) {
        for (int life : ends) {
            long time = lives.endTime(life);
            startBefore(time);
            while (!started[life]) {
                start(starts[nextStart]);
            }
            end(life);
        }
        startBefore(Lives.NEVER);
        fillTo(statedEvents);
    }

    private void startBefore(long time) {
        while (nextStart < starts.length && lives.startTime(starts[nextStart]) < time) {
            start(starts[nextStart]);
        }
    }

    private void start(int life) {
        nextStart++;
        if (started[life]) {
            return;
        }
        started[life] = true;
        // The classic script took a free of nothing for an allocation of no blocks.
        EventKind kind = lives.length(life) == 0 ? EventKind.FREE : EventKind.ALLOCATE;
        tell(lives.startTime(life), kind, life, lives.startStack(life));
    }

    private void end(int life) {
        long time = lives.endTime(life);
        switch (lives.end(life)) {
            case FREE -> tellEnd(time, EventKind.FREE, life);
            case SWEEP -> tellEnd(time, EventKind.SWEEP, life);
            case REALLOC -> {
                int successor = startAt(time, life, true);
                if (successor >= 0) {
                    started[successor] = true;
                    tell(time, EventKind.RESIZE, successor, lives.startStack(successor));
                } else {
                    tellEnd(time, EventKind.FREE, life);
                }
            }
            case IMPLIED -> {
                // Where an allocation covers it, that allocation's event says enough.
                if (startAt(time, life, false) < 0) {
                    fillTo(time);
                    sink.event(
                            time,
                            EventKind.IMPLIED_FREE,
                            lives.block(life),
                            0,
                            lives.endStack(life));
                }
            }
            case ALIVE -> throw new AssertionError("it has not ended");
        }
    }

    /// An entry that begins at `time` on the blocks of `life`, and has not been told; -1 where there is none.
    private int startAt(long time, int life, boolean sameBlock) {
        int limit = Math.min(starts.length, nextStart + SAME_TIME_LIMIT);
        for (int at = nextStart; at < limit && lives.startTime(starts[at]) <= time; at++) {
            int other = starts[at];
            boolean matches =
                    sameBlock
                            ? lives.block(other) == lives.block(life)
                            : lives.overlap(other, life);
            if (matches && other != life && !started[other]) {
                return other;
            }
        }
        return -1;
    }

    private void tellEnd(long time, EventKind kind, int life) {
        fillTo(time);
        sink.event(time, kind, lives.block(life), 0, lives.endStack(life));
        nextOrdinal = time + 1;
    }

    private void tell(long time, EventKind kind, int life, int stack) {
        fillTo(time);
        sink.event(time, kind, lives.block(life), lives.length(life), stack);
        nextOrdinal = time + 1;
    }

    /// Keeps the numbers of events: what no entry tells of was a free of nothing, and is that again.
    private void fillTo(long ordinal) {
        while (counted && nextOrdinal < ordinal) {
            sink.event(nextOrdinal++, EventKind.FREE, -1L, 0, 0);
            fillers++;
        }
    }
}
