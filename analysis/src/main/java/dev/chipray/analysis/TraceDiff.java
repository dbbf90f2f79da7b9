package dev.chipray.analysis;

import dev.chipray.trace.CallStacks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Two allocation traces compared by call path; sizes in the unit of the traces, which must be the same.
///
/// @param before all of the first trace
/// @param after  all of the second
/// @param paths  paths of which a figure differs, those whose chosen figure differs most first
public record TraceDiff(PathFigures before, PathFigures after, List<Path> paths) {

    /// One call path in both traces.
    ///
    /// @param frames innermost first, without the allocator's; a location is the end of the file's path, without line
    /// @param before [PathFigures#NONE] where the first trace does not have it
    /// @param after  [PathFigures#NONE] where the second does not have it
    public record Path(List<PathFrame> frames, PathFigures before, PathFigures after) {

        public Path {
            frames = List.copyOf(frames);
        }

        /// How much more of it the second trace has.
        public long change(Metric metric) {
            return after.of(metric) - before.of(metric);
        }
    }

    public TraceDiff {
        paths = List.copyOf(paths);
    }

    /// Compares two traces after their replays.
    ///
    /// @param order the figure whose change sorts the paths; equal ones by the change of what was ever allocated
    public static TraceDiff of(
            CallStacks stacksBefore,
            StackTotals before,
            CallStacks stacksAfter,
            StackTotals after,
            AllocatorFrames allocator,
            Metric order) {
        PathTable table = new PathTable();
        Map<Integer, PathFigures> first = table.figures(stacksBefore, before, allocator);
        Map<Integer, PathFigures> second = table.figures(stacksAfter, after, allocator);
        Set<Integer> all = new LinkedHashSet<>(first.keySet());
        all.addAll(second.keySet());
        List<Path> paths = new ArrayList<>();
        for (int path : all) {
            PathFigures was = first.getOrDefault(path, PathFigures.NONE);
            PathFigures is = second.getOrDefault(path, PathFigures.NONE);
            if (!was.equals(is)) {
                paths.add(new Path(table.frames(path), was, is));
            }
        }
        paths.sort(
                Comparator.comparingLong((Path path) -> -Math.abs(path.change(order)))
                        .thenComparingLong(path -> -Math.abs(path.change(Metric.TOTAL))));
        return new TraceDiff(sum(before), sum(after), paths);
    }

    private static PathFigures sum(StackTotals totals) {
        PathFigures result = PathFigures.NONE;
        for (Metric metric : Metric.values()) {
            result = result.plus(metric, totals.weights(metric).total());
        }
        return result;
    }
}
