package dev.chipray.cli;

import dev.chipray.trace.TraceInfo;

/// Sizes of one trace as text: blocks, with bytes beside them where the size of a block is known.
record Quantity(TraceInfo info) {

    /// `790 blocks`, `790 blocks (12.3 KiB)` or `12.3 KiB`.
    String of(long units) {
        if (info.unit() == TraceInfo.Unit.BYTES) {
            return Text.bytes(units);
        }
        String blocks = Text.count(units) + (units == 1 ? " block" : " blocks");
        return info.blockSize() == 0
                ? blocks
                : blocks + " (" + Text.bytes(units * info.blockSize()) + ")";
    }

    /// The number alone, for a column under [#heading()].
    String column(long units) {
        if (info.unit() == TraceInfo.Unit.BYTES) {
            return Text.bytes(units);
        }
        return info.blockSize() == 0 ? Text.count(units) : Text.bytes(units * info.blockSize());
    }

    /// What [#column] counts.
    String heading() {
        return info.unit() == TraceInfo.Unit.BLOCKS && info.blockSize() == 0 ? "blocks" : "size";
    }

    /// A moment: `event 512`, with the time where the trace has a clock.
    String moment(long event, long time) {
        String when = "event " + Text.count(event);
        return info.timeUnit() == TraceInfo.TimeUnit.EVENTS ? when : when + " (" + time(time) + ")";
    }

    /// A time or a duration of the trace's clock.
    String time(long time) {
        return switch (info.timeUnit()) {
            case EVENTS -> Text.count(time) + (time == 1 ? " event" : " events");
            case MILLISECONDS -> Text.count(time) + " ms";
            case MICROSECONDS -> Text.count(time) + " µs";
            case NANOSECONDS -> Text.count(time) + " ns";
        };
    }
}
