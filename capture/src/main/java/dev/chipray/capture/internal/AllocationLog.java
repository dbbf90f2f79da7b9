package dev.chipray.capture.internal;

import dev.chipray.recording.RecordingWriter;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.StackTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/// Passes the events that the user wants on to the recording, and counts them; for one thread.
public final class AllocationLog {

    private final RecordingWriter writer;
    private final ToIntFunction<Stop> stacks;
    private final long onlyLarger;
    private final Set<Integer> sites;
    private final StackNames names;
    private final Set<Long> wanted = new HashSet<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private long events;
    private long leftOut;
    private long before;

    /// @param stacks     the number of the call stack of a stop
    /// @param onlyLarger allocations of this size or below, in units of the recording, are left out
    /// @param sites      functions, as numbers of strings; where there are any, only what happens under one of them counts
    AllocationLog(
            RecordingWriter writer,
            ToIntFunction<Stop> stacks,
            StackNames names,
            long onlyLarger,
            Set<Integer> sites) {
        this.writer = writer;
        this.stacks = stacks;
        this.names = names;
        this.onlyLarger = onlyLarger;
        this.sites = Set.copyOf(sites);
    }

    private boolean isFiltered() {
        return onlyLarger > 0 || !sites.isEmpty();
    }

    /// Events recorded so far.
    public long events() {
        return events;
    }

    /// Events that were seen but not wanted.
    public long leftOut() {
        return leftOut;
    }

    /// Calls back after each event that was recorded.
    void onEvent(Runnable listener) {
        listeners.add(listener);
    }

    /// An event at a stop.
    public void event(EventKind kind, long block, long size, Stop stop) {
        int stack = stacks.applyAsInt(stop);
        if (isFiltered()) {
            boolean begins = kind == EventKind.ALLOCATE || kind == EventKind.RESIZE;
            boolean keep =
                    begins ? size > onlyLarger && isUnderSite(stack) : wanted.contains(block);
            if (begins && keep) {
                wanted.add(block);
            } else if (!begins) {
                wanted.remove(block);
            }
            if (!keep) {
                leftOut++;
                return;
            }
        }
        record(kind, block, size, stop.time(), stack);
    }

    private boolean isUnderSite(int stack) {
        if (sites.isEmpty()) {
            return true;
        }
        for (int function : sites) {
            if (names.isUnder(stack, function)) {
                return true;
            }
        }
        return false;
    }

    /// What was alive before the recording began, and stays out where only some events are wanted.
    void before(long block, long size, Stop now) {
        if (!isFiltered()) {
            int frame =
                    names.stacks()
                            .frames()
                            .intern(
                                    names.stacks()
                                            .strings()
                                            .intern("(allocated before the recording)"),
                                    0,
                                    0,
                                    0);
            int stack = names.stacks().stacks().intern(StackTable.EMPTY, frame);
            writer.event(now.time(), EventKind.ALLOCATE, block, size, stack);
            before++;
        }
    }

    /// Events that stand for what was there before.
    long before() {
        return before;
    }

    /// An event that no filter may drop.
    public void record(EventKind kind, long block, long size, long time, int stack) {
        writer.event(time, kind, block, size, stack);
        if (kind != EventKind.IMPLIED_FREE) {
            events++;
        }
        listeners.forEach(Runnable::run);
    }
}
