package dev.chipray.analysis;

import dev.chipray.analysis.internal.Locations;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.FrameTable;
import dev.chipray.trace.StackTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Numbers the distinct call paths that stacks stand for; two stacks are one path when their locations are the same.
///
/// Path 0 has no frames. The first stack that comes along a path names its functions. Time and memory follow the distinct
/// stacks, and nothing recurses. Made when all stacks are known; used by one thread.
final class CallPaths {

    static final int ROOT = 0;

    private static final int UNKNOWN = -1;
    private static final int INITIAL_PATHS = 256;

    private final StackTable stacks;
    private final FrameTable frames;
    private final CallTreeOptions options;
    private final VisibleStacks visible;
    private final Locations locations;

    /// A path is a (path, location) pair, which is what a stack table interns.
    private final StackTable paths = new StackTable();

    private @Nullable String[] functions = new @Nullable String[INITIAL_PATHS];
    private boolean depthCut;

    /// For each stack of the trace its path, where paths begin with the outermost frame.
    private final int[] pathOf;

    /// Stacks on the way from one whose path is known to the one that is looked for.
    private int[] pending = new int[64];

    CallPaths(CallStacks trace, CallTreeOptions options) {
        this.stacks = trace.stacks();
        this.frames = trace.frames();
        this.options = options;
        visible = new VisibleStacks(trace, options.allocator());
        locations = new Locations(frames);
        pathOf = new int[options.inverted() ? 1 : stacks.size()];
        Arrays.fill(pathOf, UNKNOWN);
        pathOf[StackTable.EMPTY] = ROOT;
    }

    /// The path that is shown for `stack`.
    int of(int stack) {
        if (stack == StackTable.EMPTY) {
            return path(ROOT, locations.ofText(Locations.NO_FRAMES), "??");
        }
        int shown = visible.of(stack);
        return options.inverted() ? innermostFirst(shown) : outermostFirst(shown);
    }

    private int innermostFirst(int stack) {
        int path = ROOT;
        for (int at = stack; at != StackTable.EMPTY; at = stacks.caller(at)) {
            if (paths.depth(path) == options.maxDepth()) {
                depthCut = true;
                break;
            }
            path = path(path, stacks.frame(at));
        }
        return path;
    }

    private int outermostFirst(int stack) {
        int length = 0;
        int at = stack;
        while (pathOf[at] == UNKNOWN) {
            if (length == pending.length) {
                pending = Arrays.copyOf(pending, length * 2);
            }
            pending[length++] = at;
            at = stacks.caller(at);
        }
        int path = pathOf[at];
        while (length > 0) {
            int next = pending[--length];
            if (paths.depth(path) == options.maxDepth()) {
                depthCut = true;
            } else {
                path = path(path, stacks.frame(next));
            }
            pathOf[next] = path;
        }
        return path;
    }

    private int path(int parent, int frame) {
        return path(parent, locations.of(frame), frames.functionName(frame));
    }

    private int path(int parent, int location, String function) {
        int path = paths.intern(parent, location);
        if (path >= functions.length) {
            functions =
                    Arrays.copyOf(
                            functions,
                            Math.max(path + 1, functions.length + (functions.length >> 1)));
        }
        if (functions[path] == null) {
            functions[path] = function;
        }
        return path;
    }

    /// How many paths there are, [#ROOT] and all that others go through included.
    int size() {
        return paths.size();
    }

    /// The path without its last frame.
    int parent(int path) {
        return paths.caller(path);
    }

    /// How many frames a path has.
    int depth(int path) {
        return paths.depth(path);
    }

    /// The last frame's location, a number of [#locations()].
    int location(int path) {
        return paths.frame(path);
    }

    String function(int path) {
        String name = functions[path];
        return name == null ? "??" : name;
    }

    Locations locations() {
        return locations;
    }

    /// Whether stacks were deeper than the options allow.
    boolean depthCut() {
        return depthCut;
    }

    /// The last frame of a path that has one.
    PathFrame frame(int path) {
        return new PathFrame(locations.text(location(path)), function(path));
    }

    /// At most `limit` frames of a path, its last one first.
    List<PathFrame> frames(int path, int limit) {
        List<PathFrame> result = new ArrayList<>();
        for (int at = path; at != ROOT && result.size() < limit; at = parent(at)) {
            result.add(frame(at));
        }
        return List.copyOf(result);
    }
}
