package dev.chipray.analysis;

import dev.chipray.trace.CallStacks;
import java.util.Arrays;

/// Makes one [CallTree]: its nodes are call paths.
final class CallTreeBuilder {

    private final CallTreeOptions options;
    private final CallPaths paths;
    private long[] selves = new long[256];
    private long[] allocations = new long[256];

    CallTreeBuilder(CallStacks trace, CallTreeOptions options) {
        this.options = options;
        paths = new CallPaths(trace, options);
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
            int node = paths.of(weights.stack(entry));
            if (node >= selves.length) {
                int capacity = Math.max(node + 1, selves.length + (selves.length >> 1));
                selves = Arrays.copyOf(selves, capacity);
                allocations = Arrays.copyOf(allocations, capacity);
            }
            selves[node] += weight;
            allocations[node] += count;
        }
        return new CallTree(weights.metric(), columns(), paths.depthCut());
    }

    private CallTree.Columns columns() {
        int size = paths.size();
        CallTree.Columns columns = new CallTree.Columns(size);
        int weighed = Math.min(size, selves.length);
        System.arraycopy(selves, 0, columns.selves, 0, weighed);
        System.arraycopy(selves, 0, columns.weights, 0, weighed);
        System.arraycopy(allocations, 0, columns.allocations, 0, weighed);
        for (int node = size - 1; node > CallTree.ROOT; node--) {
            int parent = paths.parent(node);
            columns.weights[parent] += columns.weights[node];
            columns.allocations[parent] += columns.allocations[node];
            columns.parents[node] = parent;
            columns.levels[node] = paths.depth(node) - 1;
            columns.locations[node] = paths.locations().text(paths.location(node));
            columns.functions[node] = paths.function(node);
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
                int parent = paths.parent(node);
                columns.nextSiblings[node] = columns.firstChildren[parent];
                columns.firstChildren[parent] = node;
            }
        }
    }

    /// All nodes but the root, those with the last location first: a counting sort by the rank of the location.
    private int[] byLocation() {
        int[] ranks = paths.locations().ranks();
        int[] ends = new int[ranks.length + 1];
        for (int node = 1; node < paths.size(); node++) {
            ends[ranks.length - ranks[paths.location(node)]]++;
        }
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        int[] sorted = new int[paths.size() - 1];
        for (int node = paths.size() - 1; node >= 1; node--) {
            sorted[--ends[ranks.length - ranks[paths.location(node)]]] = node;
        }
        return sorted;
    }
}
