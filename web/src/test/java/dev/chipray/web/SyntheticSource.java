package dev.chipray.web;

import dev.chipray.trace.AllocationColumns;
import dev.chipray.trace.AllocationSink;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.StackTable;
import dev.chipray.trace.TraceInfo;
import java.util.ArrayList;
import java.util.List;

/// A source whose events a test writes down.
final class SyntheticSource implements AllocationSource {

    private final CallStacks stacks = CallStacks.create();
    private final AllocationColumns events = new AllocationColumns();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private TraceInfo info = TraceInfo.UNKNOWN_BLOCKS;

    /// A stack from `function@file:line` frames, outermost first.
    int stack(String... frames) {
        int stack = StackTable.EMPTY;
        for (String frame : frames) {
            int at = frame.lastIndexOf('@');
            int colon = frame.lastIndexOf(':');
            int function = stacks.strings().intern(frame.substring(0, at));
            int file = stacks.strings().intern(frame.substring(at + 1, colon));
            int line = Integer.parseInt(frame.substring(colon + 1));
            stack = stacks.stacks().intern(stack, stacks.frames().intern(function, file, line, 0));
        }
        return stack;
    }

    SyntheticSource allocate(long block, long size, int stack) {
        events.event(events.size(), EventKind.ALLOCATE, block, size, stack);
        return this;
    }

    SyntheticSource resize(long block, long size, int stack) {
        events.event(events.size(), EventKind.RESIZE, block, size, stack);
        return this;
    }

    SyntheticSource free(long block, int stack) {
        events.event(events.size(), EventKind.FREE, block, 0, stack);
        return this;
    }

    SyntheticSource sweep(long block, int stack) {
        events.event(events.size(), EventKind.SWEEP, block, 0, stack);
        return this;
    }

    SyntheticSource with(Diagnostic diagnostic) {
        diagnostics.add(diagnostic);
        return this;
    }

    SyntheticSource with(TraceInfo newInfo) {
        info = newInfo;
        return this;
    }

    int events() {
        return events.size();
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
        return diagnostics;
    }
}
