package dev.chipray.analysis;

import dev.chipray.trace.CallStacks;
import dev.chipray.trace.FrameTable;
import dev.chipray.trace.StackTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Call paths that keep their number when lines and addresses move: two frames are the same when function and file are,
/// and of a file only its last two components count, so that builds in other directories match.
///
/// Shared by the traces that are compared. A path is a number of an interned (path, frame) table; nothing recurses.
final class PathTable {

    private record Key(String function, String file) {}

    private final Map<Key, Integer> frameNumbers = new HashMap<>();
    private final List<PathFrame> frames = new ArrayList<>();
    private final StackTable paths = new StackTable();

    /// The figures of each path of one trace that allocated.
    Map<Integer, PathFigures> figures(
            CallStacks stacks, StackTotals totals, AllocatorFrames allocator) {
        int[] pathOf = paths(stacks, new VisibleStacks(stacks, allocator));
        Map<Integer, PathFigures> result = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            StackWeights weights = totals.weights(metric);
            for (int entry = 0; entry < weights.size(); entry++) {
                int path = pathOf[weights.stack(entry)];
                PathFigures known = result.getOrDefault(path, PathFigures.NONE);
                result.put(path, known.plus(metric, weights.weight(entry)));
            }
        }
        return result;
    }

    /// For each stack its path; callers have smaller numbers, so one pass is enough.
    private int[] paths(CallStacks stacks, VisibleStacks visible) {
        StackTable table = stacks.stacks();
        int[] result = new int[table.size()];
        for (int stack = 1; stack < result.length; stack++) {
            int shown = visible.of(stack);
            result[stack] =
                    shown == stack
                            ? paths.intern(
                                    result[table.caller(stack)],
                                    frame(stacks.frames(), table.frame(stack)))
                            : result[shown];
        }
        return result;
    }

    private int frame(FrameTable table, int frame) {
        String file = table.strings().get(table.file(frame));
        Key key = new Key(table.functionName(frame), lastTwoComponents(file));
        Integer known = frameNumbers.putIfAbsent(key, frames.size());
        if (known != null) {
            return known;
        }
        frames.add(new PathFrame(key.file, key.function));
        return frames.size() - 1;
    }

    static String lastTwoComponents(String file) {
        String slashed = file.replace('\\', '/');
        int last = slashed.lastIndexOf('/');
        int before = last <= 0 ? -1 : slashed.lastIndexOf('/', last - 1);
        String tail = slashed.substring(before + 1);
        // A lone directory that only leads upwards says nothing about the file.
        return tail.startsWith("../") || tail.startsWith("./") || tail.startsWith("/")
                ? tail.substring(tail.indexOf('/') + 1)
                : tail;
    }

    /// The frames of a path, innermost first; a location is a file without its line.
    List<PathFrame> frames(int path) {
        List<PathFrame> result = new ArrayList<>();
        for (int at = path; at != StackTable.EMPTY; at = paths.caller(at)) {
            result.add(frames.get(paths.frame(at)));
        }
        return List.copyOf(result);
    }
}
