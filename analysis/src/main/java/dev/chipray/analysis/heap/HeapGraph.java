package dev.chipray.analysis.heap;

import dev.chipray.heap.Heap;
import dev.chipray.heap.HeapRoot;
import dev.chipray.heap.RootKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A heap's objects with the places that hold them, as one graph with one start; immutable, any thread may read it.
///
/// Nodes are the objects by their number, then one node for each group of roots (a member of the interpreter's state, the
/// stack, the registers), then the start. Edges of objects are the heap's references.
public final class HeapGraph {
    private final Heap heap;
    private final List<String> groups;
    private final int[] firstRoot;
    private final int[] rootTargets;

    private HeapGraph(Heap heap, List<String> groups, int[] firstRoot, int[] rootTargets) {
        this.heap = heap;
        this.groups = groups;
        this.firstRoot = firstRoot;
        this.rootTargets = rootTargets;
    }

    /// The graph of a heap with the roots of some kinds.
    public static HeapGraph of(Heap heap, Set<RootKind> kinds) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        int count = 0;
        for (HeapRoot root : heap.roots()) {
            if (kinds.contains(root.kind())) {
                numbers.putIfAbsent(group(root), numbers.size());
                count++;
            }
        }
        int[] first = new int[numbers.size() + 1];
        for (HeapRoot root : heap.roots()) {
            if (kinds.contains(root.kind())) {
                first[numbers.getOrDefault(group(root), 0) + 1]++;
            }
        }
        for (int i = 0; i < numbers.size(); i++) {
            first[i + 1] += first[i];
        }
        int[] next = Arrays.copyOf(first, numbers.size());
        int[] targets = new int[count];
        for (HeapRoot root : heap.roots()) {
            if (kinds.contains(root.kind())) {
                targets[next[numbers.getOrDefault(group(root), 0)]++] = root.target();
            }
        }
        return new HeapGraph(heap, List.copyOf(numbers.keySet()), first, targets);
    }

    /// What a root's place belongs to: a member of the state, a stack, the registers.
    static String group(HeapRoot root) {
        if (root.kind() == RootKind.REGISTER) {
            return "registers";
        }
        String name = root.name();
        if (root.kind() == RootKind.FRAME) {
            int end = Math.max(name.lastIndexOf(" local["), name.lastIndexOf(" function"));
            return end < 0 ? name : name.substring(0, end);
        }
        for (int i = 0; i < name.length(); i++) {
            if ("[.+".indexOf(name.charAt(i)) >= 0) {
                return name.substring(0, i);
            }
        }
        return name;
    }

    /// The heap.
    public Heap heap() {
        return heap;
    }

    /// How many nodes there are.
    public int size() {
        return heap.size() + groups.size() + 1;
    }

    /// The node from which everything is reached that is reached at all.
    public int start() {
        return size() - 1;
    }

    /// Whether a node is an object.
    public boolean isObject(int node) {
        return node < heap.size();
    }

    /// The name of a group of roots.
    public String groupName(int node) {
        return node == start() ? "all roots" : groups.get(node - heap.size());
    }

    /// The number of the first edge that leaves a node.
    int firstEdge(int node) {
        if (node < heap.size()) {
            return heap.firstReference(node);
        }
        return node == start() ? 0 : firstRoot[node - heap.size()];
    }

    /// The number behind the last edge that leaves a node.
    int endOfEdges(int node) {
        if (node < heap.size()) {
            return heap.endOfReferences(node);
        }
        return node == start() ? groups.size() : firstRoot[node - heap.size() + 1];
    }

    /// Where an edge of a node leads.
    int target(int node, int edge) {
        if (node < heap.size()) {
            return heap.target(edge);
        }
        return node == start() ? heap.size() + edge : rootTargets[edge];
    }
}
