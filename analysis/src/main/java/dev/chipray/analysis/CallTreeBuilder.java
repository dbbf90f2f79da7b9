package dev.chipray.analysis;

import dev.chipray.analysis.internal.Locations;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.FrameTable;
import dev.chipray.trace.StackTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes one [CallTree]; time and memory follow the distinct stacks, and nothing recurses.
///
/// A node is a (parent node, location) pair, which is what a [StackTable] interns, so one of those numbers the nodes.
final class CallTreeBuilder {

    private static final int UNKNOWN = -1;
    private static final int INITIAL_NODES = 256;

    private final StackTable stacks;
    private final FrameTable frames;
    private final CallTreeOptions options;
    private final VisibleStacks visible;
    private final Locations locations;
    private final StackTable nodes = new StackTable();
    private @Nullable String[] functions = new @Nullable String[INITIAL_NODES];
    private long[] selves = new long[INITIAL_NODES];
    private long[] allocations = new long[INITIAL_NODES];
    private boolean depthCut;

    /// For each stack of the trace its node, in trees that begin with the outermost frame.
    private final int[] nodeOf;

    /// Stacks on the way from one whose node is known to the one that is looked for.
    private int[] path = new int[64];

    CallTreeBuilder(CallStacks trace, CallTreeOptions options) {
        this.stacks = trace.stacks();
        this.frames = trace.frames();
        this.options = options;
        visible = new VisibleStacks(trace, options.allocator());
        locations = new Locations(frames);
        nodeOf = new int[options.inverted() ? 1 : stacks.size()];
        Arrays.fill(nodeOf, UNKNOWN);
        nodeOf[StackTable.EMPTY] = CallTree.ROOT;
    }

    CallTree build(StackWeights weights) {
        for (int entry = 0; entry < weights.size(); entry++) {
            long weight = weights.weight(entry);
            long count = weights.allocations(entry);
            // Stacks without weight still name nodes, but an inverted tree has no nodes that only
            // they go through.
            if (weight == 0 && count == 0 && options.inverted()) {
                continue;
            }
            int node = nodeFor(weights.stack(entry));
            selves[node] += weight;
            allocations[node] += count;
        }
        return new CallTree(weights.metric(), columns(), depthCut);
    }

    private int nodeFor(int stack) {
        if (stack == StackTable.EMPTY) {
            return node(CallTree.ROOT, locations.ofText(Locations.NO_FRAMES), "??");
        }
        int shown = visible.of(stack);
        return options.inverted() ? innermostFirst(shown) : outermostFirst(shown);
    }

    private int innermostFirst(int stack) {
        int node = CallTree.ROOT;
        for (int at = stack; at != StackTable.EMPTY; at = stacks.caller(at)) {
            if (nodes.depth(node) == options.maxDepth()) {
                depthCut = true;
                break;
            }
            node = node(node, stacks.frame(at));
        }
        return node;
    }

    private int outermostFirst(int stack) {
        int length = 0;
        int at = stack;
        while (nodeOf[at] == UNKNOWN) {
            if (length == path.length) {
                path = Arrays.copyOf(path, length * 2);
            }
            path[length++] = at;
            at = stacks.caller(at);
        }
        int node = nodeOf[at];
        while (length > 0) {
            int next = path[--length];
            if (nodes.depth(node) == options.maxDepth()) {
                depthCut = true;
            } else {
                node = node(node, stacks.frame(next));
            }
            nodeOf[next] = node;
        }
        return node;
    }

    private int node(int parent, int frame) {
        return node(parent, locations.of(frame), frames.functionName(frame));
    }

    private int node(int parent, int location, String function) {
        int node = nodes.intern(parent, location);
        if (node >= functions.length) {
            int capacity = Math.max(node + 1, functions.length + (functions.length >> 1));
            functions = Arrays.copyOf(functions, capacity);
            selves = Arrays.copyOf(selves, capacity);
            allocations = Arrays.copyOf(allocations, capacity);
        }
        if (functions[node] == null) {
            functions[node] = function;
        }
        return node;
    }

    private CallTree.Columns columns() {
        int size = nodes.size();
        CallTree.Columns columns = new CallTree.Columns(size);
        System.arraycopy(selves, 0, columns.selves, 0, size);
        System.arraycopy(selves, 0, columns.weights, 0, size);
        System.arraycopy(allocations, 0, columns.allocations, 0, size);
        for (int node = size - 1; node > CallTree.ROOT; node--) {
            int parent = nodes.caller(node);
            columns.weights[parent] += columns.weights[node];
            columns.allocations[parent] += columns.allocations[node];
            columns.parents[node] = parent;
            columns.levels[node] = nodes.depth(node) - 1;
            columns.locations[node] = locations.text(nodes.frame(node));
            String name = functions[node];
            columns.functions[node] = name == null ? "??" : name;
        }
        columns.parents[CallTree.ROOT] = CallTree.NONE;
        columns.levels[CallTree.ROOT] = -1;
        columns.locations[CallTree.ROOT] = "";
        columns.functions[CallTree.ROOT] = "";
        linkSiblings(columns);
        return columns;
    }

    /// Links the nodes worth showing, the last location first, so that each goes before those linked already.
    private void linkSiblings(CallTree.Columns columns) {
        Arrays.fill(columns.firstChildren, CallTree.NONE);
        Arrays.fill(columns.nextSiblings, CallTree.NONE);
        for (int node : byLocation()) {
            long weight = columns.weights[node];
            if (weight != 0 && weight >= options.min()) {
                int parent = nodes.caller(node);
                columns.nextSiblings[node] = columns.firstChildren[parent];
                columns.firstChildren[parent] = node;
            }
        }
    }

    /// All nodes but the root, those with the last location first.
    private int[] byLocation() {
        int[] ranks = locations.ranks();
        int[] ends = new int[ranks.length + 1];
        for (int node = 1; node < nodes.size(); node++) {
            ends[ranks.length - ranks[nodes.frame(node)]]++;
        }
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        int[] sorted = new int[nodes.size() - 1];
        for (int node = nodes.size() - 1; node >= 1; node--) {
            sorted[--ends[ranks.length - ranks[nodes.frame(node)]]] = node;
        }
        return sorted;
    }
}
