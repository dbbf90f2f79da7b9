package dev.chipray.analysis;

import dev.chipray.trace.EndCause;
import org.jspecify.annotations.Nullable;

/// One allocation from its beginning to its end.
///
/// @param block      first block
/// @param size       length in the unit of the trace
/// @param startStack call stack that allocated it
/// @param startEvent event that began it, counted from 0
/// @param startTime  that event's time
/// @param endStack   call stack of the event that ended it; the empty one while alive
/// @param endEvent   event that ended it; the number of events while alive
/// @param endTime    that event's time; while alive the number of events, or the last time where the trace has a clock
/// @param cause      why it ended; null while alive
public record Lifetime(
        long block,
        long size,
        int startStack,
        long startEvent,
        long startTime,
        int endStack,
        long endEvent,
        long endTime,
        @Nullable EndCause cause) {

    /// Whether it had not ended when the trace did.
    public boolean alive() {
        return cause == null;
    }
}
