package dev.chipray.recording;

import dev.chipray.trace.EventKind;
import java.util.ArrayList;
import java.util.List;

/// Writes down everything that a recording tells, as one line each.
final class RecordedThings implements RecordingVisitor {

    final List<String> lines = new ArrayList<>();

    static List<String> of(Recording recording) {
        RecordedThings things = new RecordedThings();
        recording.visit(things);
        return things.lines;
    }

    @Override
    public void allocation(long time, EventKind kind, long block, long size, int stack) {
        lines.add("event %d %s %d %d %d".formatted(time, kind, block, size, stack));
    }

    @Override
    public void sample(long time, long thread, int stack, long weight, boolean idle) {
        lines.add("sample %d %d %d %d %s".formatted(time, thread, stack, weight, idle));
    }

    @Override
    public void consoleLine(long time, int channel, String text) {
        lines.add("line %d %d %s".formatted(time, channel, text));
    }

    @Override
    public void clockReading(long time, String clock, long reading) {
        lines.add("clock %d %s %d".formatted(time, clock, reading));
    }
}
