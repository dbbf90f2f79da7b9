package dev.chipray.analysis.heap;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// The dominator tree from the top down; immutable, any thread may read it.
public final class DominatorTree {
    private final int start;
    private final int[] first;
    private final int[] children;

    /// The tree of what the roots reach.
    public DominatorTree(Dominators dominators) {
        int[] order = dominators.order();
        int nodes = dominators.graph().size();
        this.start = dominators.graph().start();
        this.first = new int[nodes + 1];
        for (int i = 1; i < order.length; i++) {
            first[dominators.immediate(order[i]) + 1]++;
        }
        for (int i = 0; i < nodes; i++) {
            first[i + 1] += first[i];
        }
        int[] next = Arrays.copyOf(first, nodes);
        this.children = new int[first[nodes]];
        for (int i = 1; i < order.length; i++) {
            children[next[dominators.immediate(order[i])]++] = order[i];
        }
    }

    /// The nodes that a node dominates immediately.
    public int[] children(int node) {
        return Arrays.copyOfRange(children, first[node], first[node + 1]);
    }

    /// Visits every node, each after its dominator; `leave` is called when all below a node has been visited.
    public void walk(IntConsumer enter, IntConsumer leave) {
        int[] stack = new int[64];
        int[] next = new int[64];
        int depth = 0;
        stack[0] = start;
        next[0] = first[start];
        enter.accept(start);
        while (depth >= 0) {
            int node = stack[depth];
            if (next[depth] == first[node + 1]) {
                leave.accept(node);
                depth--;
                continue;
            }
            int child = children[next[depth]++];
            enter.accept(child);
            depth++;
            if (depth == stack.length) {
                stack = Arrays.copyOf(stack, 2 * depth);
                next = Arrays.copyOf(next, 2 * depth);
            }
            stack[depth] = child;
            next[depth] = first[child];
        }
    }
}
