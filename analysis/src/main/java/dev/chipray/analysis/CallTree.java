package dev.chipray.analysis;

import dev.chipray.trace.CallStacks;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// Stacks merged into a tree, a node for each distinct path of locations, in columns; node 0 is the root and has no frame.
///
/// Siblings are sorted by their location as text. Unchanging; safe for any thread. Iteration is depth first, callers before
/// what they called, and leaves out what [CallTreeOptions] says.
public final class CallTree implements Iterable<CallTree.Row> {

    /// What [#firstChild] and [#nextSibling] return where there is none.
    public static final int NONE = -1;

    /// The root's number.
    public static final int ROOT = 0;

    /// A node with what is needed to print it.
    ///
    /// @param level       0 for the outermost frames
    /// @param location    `file:line`, or what the trace has in its place
    /// @param function    of the first stack that came through
    /// @param weight      of this node and all below it
    /// @param self        of the stacks that end here
    /// @param allocations how many allocations `weight` stands for
    /// @param node        the number in the tree
    public record Row(
            int level,
            String location,
            String function,
            long weight,
            long self,
            long allocations,
            int node) {}

    /// The columns, one entry a node.
    static final class Columns {
        final int[] parents;
        final int[] firstChildren;
        final int[] nextSiblings;
        final int[] levels;
        final String[] locations;
        final String[] functions;
        final long[] weights;
        final long[] selves;
        final long[] allocations;

        Columns(int size) {
            parents = new int[size];
            firstChildren = new int[size];
            nextSiblings = new int[size];
            levels = new int[size];
            locations = new String[size];
            functions = new String[size];
            weights = new long[size];
            selves = new long[size];
            allocations = new long[size];
        }
    }

    private final Metric metric;
    private final Columns columns;
    private final boolean depthCut;

    CallTree(Metric metric, Columns columns, boolean depthCut) {
        this.metric = metric;
        this.columns = columns;
        this.depthCut = depthCut;
    }

    /// Merges the stacks of `weights`.
    public static CallTree of(CallStacks stacks, StackWeights weights, CallTreeOptions options) {
        return new CallTreeBuilder(stacks, options).build(weights);
    }

    /// What the nodes are weighed by.
    public Metric metric() {
        return metric;
    }

    /// All weights added up, those of nodes that were left out included.
    public long total() {
        return columns.weights[ROOT];
    }

    /// How many allocations [#total()] stands for.
    public long totalAllocations() {
        return columns.allocations[ROOT];
    }

    /// Whether stacks were deeper than [CallTreeOptions#maxDepth()].
    public boolean depthCut() {
        return depthCut;
    }

    /// How many nodes there are, the root and those that are left out included.
    public int size() {
        return columns.parents.length;
    }

    /// The caller's node, or the called one's where the tree is inverted; [#NONE] for the root.
    public int parent(int node) {
        return columns.parents[node];
    }

    public int firstChild(int node) {
        return columns.firstChildren[node];
    }

    public int nextSibling(int node) {
        return columns.nextSiblings[node];
    }

    /// 0 for the outermost frames, -1 for the root.
    public int level(int node) {
        return columns.levels[node];
    }

    public String location(int node) {
        return columns.locations[node];
    }

    public String function(int node) {
        return columns.functions[node];
    }

    /// What the node and all below it weigh.
    public long weight(int node) {
        return columns.weights[node];
    }

    /// What the stacks weigh that end at this node.
    public long self(int node) {
        return columns.selves[node];
    }

    public long allocations(int node) {
        return columns.allocations[node];
    }

    /// A node as a record.
    public Row row(int node) {
        return new Row(
                level(node),
                location(node),
                function(node),
                weight(node),
                self(node),
                allocations(node),
                node);
    }

    /// The node after `node`, depth first; [#NONE] after the last. Begin with [#ROOT].
    public int following(int node) {
        int child = firstChild(node);
        if (child != NONE) {
            return child;
        }
        int at = node;
        while (at != ROOT) {
            int sibling = nextSibling(at);
            if (sibling != NONE) {
                return sibling;
            }
            at = parent(at);
        }
        return NONE;
    }

    @Override
    public Iterator<Row> iterator() {
        return new Iterator<>() {
            private int next = following(ROOT);

            @Override
            public boolean hasNext() {
                return next != NONE;
            }

            @Override
            public Row next() {
                if (next == NONE) {
                    throw new NoSuchElementException();
                }
                Row row = row(next);
                next = following(next);
                return row;
            }
        };
    }
}
