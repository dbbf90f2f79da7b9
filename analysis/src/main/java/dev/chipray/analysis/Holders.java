package dev.chipray.analysis;

import dev.chipray.trace.CallStacks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the lines of a program that weigh most.
public final class Holders {

    /// Callers told for each holder.
    public static final int CALLERS = 8;

    private static final PathFrame ALLOCATOR = new PathFrame("(allocator)", "??");

    private Holders() {}

    /// The `limit` lines that weigh most, the heaviest first, equal ones by location.
    public static List<Holder> of(
            CallStacks stacks, StackWeights weights, AllocatorFrames allocator, int limit) {
        CallPaths paths =
                new CallPaths(
                        stacks,
                        CallTreeOptions.DEFAULT
                                .withAllocator(allocator)
                                .withMaxDepth(Integer.MAX_VALUE));
        Map<Integer, PathTotal> pathTotals = new HashMap<>();
        for (int entry = 0; entry < weights.size(); entry++) {
            if (weights.weight(entry) != 0) {
                PathTotal total =
                        pathTotals.computeIfAbsent(paths.of(weights.stack(entry)), PathTotal::new);
                total.weight += weights.weight(entry);
                total.allocations += weights.allocations(entry);
            }
        }
        Map<Integer, LineTotal> lines = new HashMap<>();
        for (PathTotal total : pathTotals.values()) {
            int location = total.path == CallPaths.ROOT ? -1 : paths.location(total.path);
            lines.computeIfAbsent(location, key -> new LineTotal(total)).add(total);
        }
        List<Holder> holders = new ArrayList<>();
        List<LineTotal> sorted = new ArrayList<>(lines.values());
        sorted.sort(Comparator.comparingLong((LineTotal line) -> -line.weight));
        for (LineTotal line : sorted.subList(0, Math.min(sorted.size(), limit))) {
            holders.add(line.holder(paths));
        }
        holders.sort(
                Comparator.comparingLong((Holder holder) -> -holder.weight())
                        .thenComparing(holder -> holder.frame().location()));
        return List.copyOf(holders);
    }

    private static final class PathTotal {
        final int path;
        long weight;
        long allocations;

        PathTotal(int path) {
            this.path = path;
        }
    }

    private static final class LineTotal {
        private PathTotal heaviest;
        private long weight;
        private long allocations;
        private int paths;

        LineTotal(PathTotal first) {
            heaviest = first;
        }

        void add(PathTotal total) {
            weight += total.weight;
            allocations += total.allocations;
            paths++;
            if (total.weight > heaviest.weight
                    || (total.weight == heaviest.weight && total.path < heaviest.path)) {
                heaviest = total;
            }
        }

        Holder holder(CallPaths all) {
            List<PathFrame> frames = all.frames(heaviest.path, CALLERS + 1);
            boolean known = !frames.isEmpty();
            return new Holder(
                    known ? frames.getFirst() : ALLOCATOR,
                    known ? frames.subList(1, frames.size()) : List.of(),
                    weight,
                    allocations,
                    paths,
                    heaviest.weight);
        }
    }
}
