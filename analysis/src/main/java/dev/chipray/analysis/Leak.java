package dev.chipray.analysis;

import java.util.List;

/// What one call path left alive at the end of a trace.
///
/// @param path        its frames outside the allocator, innermost first; empty where there are none
/// @param size        in the unit of the trace
/// @param allocations how many
/// @param oldestEvent event that began the oldest, counted from 0
/// @param oldestTime  that event's time
/// @param newestEvent event that began the newest
/// @param newestTime  that event's time
/// @param oldestAge   events from the oldest to the last event of the trace
/// @param newestAge   events from the newest to the last event of the trace
public record Leak(
        List<PathFrame> path,
        long size,
        long allocations,
        long oldestEvent,
        long oldestTime,
        long newestEvent,
        long newestTime,
        long oldestAge,
        long newestAge) {

    public Leak {
        path = List.copyOf(path);
    }
}
