package dev.chipray.analysis;

import java.util.List;

/// A line of the program that holds memory: the first frame outside the allocator, over all paths that lead to it.
///
/// @param frame       the line; its location is `(allocator)` for what the allocator took for itself
/// @param callers     who called it on the path that weighs most, the nearest first; at most [Holders#CALLERS]
/// @param weight      of all paths
/// @param allocations how many allocations `weight` stands for
/// @param paths       how many distinct paths lead here
/// @param callersWeight what the path through `callers` weighs
public record Holder(
        PathFrame frame,
        List<PathFrame> callers,
        long weight,
        long allocations,
        int paths,
        long callersWeight) {

    public Holder {
        callers = List.copyOf(callers);
    }
}
