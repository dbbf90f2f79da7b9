package dev.chipray.analysis.heap;

import dev.chipray.heap.Heap;
import dev.chipray.heap.RootKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Retained sizes of a heap by object, class and holder; immutable, any thread may read it.
///
/// Roots are those that the collector follows, stacks and registers among them where the input has them.
public final class Retained {
    /// What the collector follows.
    public static final Set<RootKind> ROOTS =
            EnumSet.of(RootKind.STATE, RootKind.FRAME, RootKind.STACK, RootKind.REGISTER);

    private final Heap heap;
    private final HeapGraph graph;
    private final Dominators dominators;

    private Retained(Heap heap) {
        this.heap = heap;
        this.graph = HeapGraph.of(heap, ROOTS);
        this.dominators = Dominators.of(graph);
    }

    /// Who holds how much.
    ///
    /// @param name a module, a group of roots, a class
    /// @param object the object that it is, or [Heap#NONE]
    /// @param count how many objects are counted
    /// @param bytes what would be free without it
    public record Holder(String name, int object, long count, long bytes) {}

    /// Computes the retained sizes of a heap.
    public static Retained of(Heap heap) {
        return new Retained(heap);
    }

    /// The dominators behind it.
    public Dominators dominators() {
        return dominators;
    }

    /// The bytes that would be free without an object; its own allocation where no root reaches it.
    public long bytes(int object) {
        return dominators.retained(object);
    }

    /// The bytes that roots reach.
    public long reached() {
        return dominators.retained(graph.start());
    }

    /// What each module and each group of roots keeps alive alone, the largest first; every reached byte counts once.
    public List<Holder> holders() {
        int nodes = graph.size();
        int[] holder = new int[nodes];
        Arrays.fill(holder, graph.start());
        long[] bytes = new long[nodes];
        long[] count = new long[nodes];
        int[] order = dominators.order();
        for (int node : order) {
            boolean own = !graph.isObject(node) || heap.type(node).equals("module");
            holder[node] = own ? node : holder[dominators.immediate(node)];
            if (graph.isObject(node)) {
                bytes[holder[node]] += heap.bytes(node);
                count[holder[node]]++;
            }
        }
        List<Holder> holders = new ArrayList<>();
        for (int node : order) {
            if (bytes[node] > 0) {
                holders.add(
                        new Holder(
                                name(node),
                                graph.isObject(node) ? node : Heap.NONE,
                                count[node],
                                bytes[node]));
            }
        }
        return sorted(holders);
    }

    private String name(int node) {
        if (graph.isObject(node)) {
            return "module " + heap.name(node);
        }
        return node == graph.start()
                ? "held by more than one of these"
                : PlainPaths.place(graph.groupName(node));
    }

    /// What the objects of each class keep alive, the largest first; an object inside what another of its class keeps
    /// alive is not counted again, and classes overlap.
    public List<Holder> classes() {
        Map<String, long[]> sums = new HashMap<>();
        int[] order = dominators.order();
        Map<String, Integer> numbers = new HashMap<>();
        int[] type = new int[heap.size()];
        for (int i = 0; i < heap.size(); i++) {
            type[i] = numbers.computeIfAbsent(heap.type(i), _ -> numbers.size());
        }
        DominatorTree tree = new DominatorTree(dominators);
        int[] open = new int[numbers.size()];
        tree.walk(
                node -> {
                    if (graph.isObject(node) && heap.owner(node) == Heap.NONE) {
                        if (open[type[node]]++ == 0) {
                            long[] sum = sums.computeIfAbsent(heap.type(node), _ -> new long[2]);
                            sum[1] += dominators.retained(node);
                        }
                        sums.computeIfAbsent(heap.type(node), _ -> new long[2])[0]++;
                    }
                },
                node -> {
                    if (graph.isObject(node) && heap.owner(node) == Heap.NONE) {
                        open[type[node]]--;
                    }
                });
        List<Holder> holders = new ArrayList<>();
        sums.forEach((name, sum) -> holders.add(new Holder(name, Heap.NONE, sum[0], sum[1])));
        return order.length == 0 ? List.of() : sorted(holders);
    }

    private static List<Holder> sorted(List<Holder> holders) {
        holders.sort(
                Comparator.comparingLong((Holder holder) -> -holder.bytes())
                        .thenComparing(Holder::name));
        return List.copyOf(holders);
    }

    /// The objects that keep most alive, the largest first, at most `most`; parts of objects are left out.
    public List<Integer> largest(int most) {
        List<Integer> objects = new ArrayList<>();
        for (int node : dominators.order()) {
            if (graph.isObject(node) && heap.owner(node) == Heap.NONE) {
                objects.add(node);
            }
        }
        objects.sort(
                Comparator.comparingLong((Integer node) -> -dominators.retained(node))
                        .thenComparingInt(node -> node));
        return List.copyOf(objects.subList(0, Math.min(most, objects.size())));
    }
}
