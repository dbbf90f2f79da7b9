package dev.chipray.analysis;

import dev.chipray.trace.CallStacks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The most that a figure of a trace may be, for the whole trace or for each call path by itself.
///
/// @param metric  the figure
/// @param perPath whether each call path is held to it, and not the trace
/// @param max     the most it may be, in the unit of the trace, or allocations for [Metric#COUNT]
public record Limit(Metric metric, boolean perPath, long max) {

    /// How a trace stands against one limit.
    ///
    /// @param limit  the limit
    /// @param actual the figure, of the worst path where the limit is per path
    /// @param path   that path, innermost frame first; empty for the whole trace
    /// @param over   how many paths are above the limit; 0 or 1 for the whole trace
    public record Result(Limit limit, long actual, List<PathFrame> path, long over) {

        public Result {
            path = List.copyOf(path);
        }

        public boolean met() {
            return over == 0;
        }
    }

    /// How a trace stands against each of `limits`, in their order, after its replay.
    ///
    /// Paths are those of [TraceDiff]: lines do not divide them.
    public static List<Result> check(
            CallStacks stacks, StackTotals totals, AllocatorFrames allocator, List<Limit> limits) {
        PathTable table = new PathTable();
        Map<Integer, PathFigures> figures = table.figures(stacks, totals, allocator);
        List<Result> results = new ArrayList<>();
        for (Limit limit : limits) {
            results.add(
                    limit.perPath
                            ? limit.ofPaths(table, figures)
                            : limit.ofTrace(totals.weights(limit.metric).total()));
        }
        return List.copyOf(results);
    }

    private Result ofTrace(long actual) {
        return new Result(this, actual, List.of(), actual > max ? 1 : 0);
    }

    private Result ofPaths(PathTable table, Map<Integer, PathFigures> figures) {
        long worst = 0;
        int worstPath = 0;
        long over = 0;
        for (Map.Entry<Integer, PathFigures> path : figures.entrySet()) {
            long actual = path.getValue().of(metric);
            over += actual > max ? 1 : 0;
            if (actual > worst) {
                worst = actual;
                worstPath = path.getKey();
            }
        }
        return new Result(this, worst, table.frames(worstPath), over);
    }
}
