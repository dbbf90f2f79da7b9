package dev.chipray.analysis.heap;

import dev.chipray.heap.Heap;
import java.util.Arrays;

/// Who alone keeps what alive: the dominator tree of a heap's graph and the sizes that hang on each node; immutable, any
/// thread may read it.
///
/// A node dominates another when every way from the roots to that one leads through it. Retained are the bytes that
/// would become garbage with it. Computed by the algorithm of Lengauer and Tarjan with path compression, in
/// O(edges · log nodes), without recursion.
public final class Dominators {
    /// No node: of what the roots do not reach, and of the start.
    public static final int NONE = -1;

    private final HeapGraph graph;
    private final int[] immediate;
    private final long[] retained;
    private final int[] order;

    private Dominators(HeapGraph graph, int[] immediate, long[] retained, int[] order) {
        this.graph = graph;
        this.immediate = immediate;
        this.retained = retained;
        this.order = order;
    }

    /// The dominators of a graph.
    public static Dominators of(HeapGraph graph) {
        DominatorFinder finder = new DominatorFinder(graph);
        int[] immediate = finder.find();
        int[] order = finder.order();
        Heap heap = graph.heap();
        long[] retained = new long[graph.size()];
        Arrays.setAll(retained, node -> node < heap.size() ? heap.bytes(node) : 0);
        // A dominator comes before what it dominates in the order of discovery.
        for (int i = order.length - 1; i > 0; i--) {
            retained[immediate[order[i]]] += retained[order[i]];
        }
        return new Dominators(graph, immediate, retained, order);
    }

    /// The graph.
    public HeapGraph graph() {
        return graph;
    }

    /// The nearest node that dominates a node, or [#NONE].
    public int immediate(int node) {
        return immediate[node];
    }

    /// Whether the roots reach a node.
    public boolean isReached(int node) {
        return immediate[node] != NONE || node == graph.start();
    }

    /// The bytes that a node keeps alive alone, its own included; its own alone where the roots do not reach it.
    public long retained(int node) {
        return retained[node];
    }

    /// The nodes that the roots reach, each behind its dominator; the start is the first.
    int[] order() {
        return order;
    }
}
