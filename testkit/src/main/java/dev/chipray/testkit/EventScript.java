package dev.chipray.testkit;

import dev.chipray.trace.AllocationColumns;
import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.AllocationSink;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.StackTable;
import dev.chipray.trace.TraceInfo;
import java.util.List;
import java.util.Random;

/// Allocation events written down by a test; an [AllocationSource] that can be read again and again.
///
/// Frames are written `function@file:line`, outermost first. Times are the ordinals of the events unless [#at] says
/// otherwise.
public final class EventScript implements AllocationSource {

    private final CallStacks stacks = CallStacks.create();
    private final AllocationColumns events = new AllocationColumns();
    private TraceInfo info = TraceInfo.UNKNOWN_BLOCKS;
    private long time = -1;
    private boolean timed;

    /// Sets the time of all events that follow, until the next call.
    public EventScript at(long newTime) {
        time = newTime;
        timed = true;
        return this;
    }

    /// What the numbers mean.
    public EventScript info(TraceInfo newInfo) {
        info = newInfo;
        return this;
    }

    public EventScript allocate(long block, long size, String... frames) {
        return event(EventKind.ALLOCATE, block, size, stack(frames));
    }

    public EventScript resize(long block, long size, String... frames) {
        return event(EventKind.RESIZE, block, size, stack(frames));
    }

    public EventScript free(long block, String... frames) {
        return event(EventKind.FREE, block, 0, stack(frames));
    }

    public EventScript sweep(long block, String... frames) {
        return event(EventKind.SWEEP, block, 0, stack(frames));
    }

    /// Any event.
    public EventScript event(EventKind kind, long block, long size, int stack) {
        events.event(timed ? time : events.size(), kind, block, size, stack);
        return this;
    }

    /// The number of the stack with these frames, outermost first.
    public int stack(String... frames) {
        int stack = StackTable.EMPTY;
        for (String frame : frames) {
            stack = stacks.stacks().intern(stack, frame(frame));
        }
        return stack;
    }

    private int frame(String text) {
        int at = text.indexOf('@');
        int colon = text.lastIndexOf(':');
        String function = at < 0 ? text : text.substring(0, at);
        String file = at < 0 ? "" : text.substring(at + 1, colon < at ? text.length() : colon);
        int line = at < 0 || colon < at ? 0 : Integer.parseInt(text.substring(colon + 1));
        long address = at < 0 ? 0x1000L + Integer.toUnsignedLong(text.hashCode()) : 0;
        return stacks.frames()
                .intern(
                        stacks.strings().intern(function),
                        stacks.strings().intern(file),
                        line,
                        address);
    }

    /// Events like those of a small heap: seeded, so the same each time; mostly sensible, with gaps where frees were not
    /// seen, frees of nothing, and resizes.
    ///
    /// @param heapBlocks blocks begin below this number
    /// @param stackCount how many distinct stacks allocate
    public static EventScript random(long seed, int events, int heapBlocks, int stackCount) {
        EventScript script = new EventScript();
        Random random = new Random(seed);
        int[] numbers = new int[stackCount];
        for (int i = 0; i < stackCount; i++) {
            String[] frames = new String[1 + random.nextInt(6)];
            for (int level = 0; level < frames.length; level++) {
                int line = 1 + random.nextInt(3);
                frames[level] = "f" + line + "@dir/file" + random.nextInt(2) + ".c:" + line;
            }
            if (random.nextInt(4) == 0) {
                frames[frames.length - 1] = "gc_alloc@../py/gc.c:" + (1 + random.nextInt(2));
            }
            numbers[i] = script.stack(frames);
        }
        for (int i = 0; i < events; i++) {
            long block = random.nextInt(heapBlocks);
            long size = 1L + (random.nextInt(5) == 0 ? random.nextInt(20) : random.nextInt(3));
            EventKind kind =
                    switch (random.nextInt(10)) {
                        case 0, 1, 2 -> EventKind.FREE;
                        case 3, 4 -> EventKind.SWEEP;
                        case 5 -> EventKind.RESIZE;
                        default -> EventKind.ALLOCATE;
                    };
            boolean ends = kind == EventKind.FREE || kind == EventKind.SWEEP;
            script.event(kind, block, ends ? 0 : size, numbers[random.nextInt(stackCount)]);
        }
        return script;
    }

    /// The events, for going through them another way.
    public AllocationColumns events() {
        return events;
    }

    /// Replays all events to `listeners`.
    public AllocationReplay replay(AllocationListener... listeners) {
        AllocationReplay replay = new AllocationReplay(List.of(listeners));
        readAll(replay);
        return replay;
    }

    @Override
    public CallStacks stacks() {
        return stacks;
    }

    @Override
    public void readAll(AllocationSink sink) {
        events.replay(sink);
    }

    @Override
    public TraceInfo info() {
        return info;
    }

    @Override
    public List<Diagnostic> diagnostics() {
        return List.of();
    }
}
