package dev.chipray.analysis.heap;

import java.util.Arrays;

/// The algorithm of Lengauer and Tarjan (1979), the variant with path compression alone; for one thread, once.
///
/// All arrays but the first two are indexed by the number that the depth-first search gives a node.
final class DominatorFinder {
    private final HeapGraph graph;

    /// The number of each node; -1 when it is not reached.
    private final int[] number;

    private final int[] vertex;
    private int[] parent;
    private int count;

    private int[] semi = new int[0];
    private int[] ancestor = new int[0];
    private int[] best = new int[0];
    private int[] path = new int[64];

    DominatorFinder(HeapGraph graph) {
        this.graph = graph;
        this.number = new int[graph.size()];
        this.vertex = new int[graph.size()];
        this.parent = new int[graph.size()];
    }

    /// The immediate dominator of each node.
    int[] find() {
        search();
        int[] dominator = numbers();
        int[] immediate = new int[graph.size()];
        Arrays.fill(immediate, Dominators.NONE);
        for (int i = 1; i < count; i++) {
            immediate[vertex[i]] = vertex[dominator[i]];
        }
        return immediate;
    }

    /// The nodes in the order in which they were found.
    int[] order() {
        return Arrays.copyOf(vertex, count);
    }

    private void search() {
        Arrays.fill(number, -1);
        int[] stack = new int[64];
        int[] next = new int[64];
        int depth = 0;
        stack[0] = graph.start();
        next[0] = graph.firstEdge(graph.start());
        visit(graph.start(), 0);
        while (depth >= 0) {
            int node = stack[depth];
            int edge = next[depth];
            if (edge == graph.endOfEdges(node)) {
                depth--;
                continue;
            }
            next[depth]++;
            int target = graph.target(node, edge);
            if (number[target] < 0) {
                visit(target, number[node]);
                depth++;
                if (depth == stack.length) {
                    stack = Arrays.copyOf(stack, 2 * depth);
                    next = Arrays.copyOf(next, 2 * depth);
                }
                stack[depth] = target;
                next[depth] = graph.firstEdge(target);
            }
        }
    }

    private void visit(int node, int from) {
        number[node] = count;
        vertex[count] = node;
        parent[count] = from;
        count++;
    }

    /// The immediate dominators, as numbers.
    private int[] numbers() {
        int[] firstBefore = new int[count + 1];
        int[] before = predecessors(firstBefore);
        semi = new int[count];
        ancestor = new int[count];
        best = new int[count];
        int[] dominator = new int[count];
        int[] bucket = new int[count];
        int[] nextInBucket = new int[count];
        Arrays.fill(ancestor, -1);
        Arrays.fill(bucket, -1);
        for (int i = 0; i < count; i++) {
            semi[i] = i;
            best[i] = i;
        }
        for (int w = count - 1; w > 0; w--) {
            for (int i = firstBefore[w]; i < firstBefore[w + 1]; i++) {
                semi[w] = Math.min(semi[w], semi[evaluate(before[i])]);
            }
            nextInBucket[w] = bucket[semi[w]];
            bucket[semi[w]] = w;
            ancestor[w] = parent[w];
            int above = parent[w];
            for (int v = bucket[above]; v >= 0; v = nextInBucket[v]) {
                int u = evaluate(v);
                dominator[v] = semi[u] < semi[v] ? u : above;
            }
            bucket[above] = -1;
        }
        for (int w = 1; w < count; w++) {
            if (dominator[w] != semi[w]) {
                dominator[w] = dominator[dominator[w]];
            }
        }
        return dominator;
    }

    /// For each number, the numbers of those that refer to it, one behind the other.
    private int[] predecessors(int[] first) {
        for (int i = 0; i < count; i++) {
            int node = vertex[i];
            for (int edge = graph.firstEdge(node); edge < graph.endOfEdges(node); edge++) {
                first[number[graph.target(node, edge)] + 1]++;
            }
        }
        for (int i = 0; i < count; i++) {
            first[i + 1] += first[i];
        }
        int[] next = Arrays.copyOf(first, count);
        int[] before = new int[first[count]];
        for (int i = 0; i < count; i++) {
            int node = vertex[i];
            for (int edge = graph.firstEdge(node); edge < graph.endOfEdges(node); edge++) {
                before[next[number[graph.target(node, edge)]]++] = i;
            }
        }
        return before;
    }

    /// The node with the least semidominator on the way up from `v`, the end of the way left out.
    private int evaluate(int v) {
        if (ancestor[v] < 0) {
            return v;
        }
        int length = 0;
        int at = v;
        while (ancestor[ancestor[at]] >= 0) {
            if (length == path.length) {
                path = Arrays.copyOf(path, 2 * length);
            }
            path[length++] = at;
            at = ancestor[at];
        }
        while (length > 0) {
            int below = path[--length];
            if (semi[best[ancestor[below]]] < semi[best[below]]) {
                best[below] = best[ancestor[below]];
            }
            ancestor[below] = ancestor[ancestor[below]];
        }
        return best[v];
    }
}
