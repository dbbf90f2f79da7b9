package dev.chipray.analysis.heap;

import dev.chipray.heap.Heap;
import dev.chipray.heap.HeapRoot;
import dev.chipray.heap.RootKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shortest ways from roots to objects; immutable, any thread may read it.
///
/// Of ways of equal length, those from the interpreter's state come before those from stacks, and earlier roots and
/// references before later ones.
public final class RootPaths {
    private final Heap heap;
    private final List<HeapRoot> roots;
    private final int[] distance;

    /// The reference that leads to each object; for a distance of 0 the root.
    private final int[] by;

    private final int[] from;

    private RootPaths(Heap heap, List<HeapRoot> roots) {
        this.heap = heap;
        this.roots = roots;
        this.distance = new int[heap.size()];
        this.by = new int[heap.size()];
        this.from = new int[heap.size()];
    }

    /// One step of a way.
    ///
    /// @param object where the step arrives
    /// @param label how, as a programmer would write it: the root's name, or a reference's label
    public record Step(int object, String label) {}

    /// A way from a root to an object.
    ///
    /// @param root where it starts
    /// @param steps the root's object first, the object asked for last
    public record RootPath(HeapRoot root, List<Step> steps) {
        public RootPath {
            steps = List.copyOf(steps);
        }

        /// The way as a programmer would write it.
        public String text() {
            StringBuilder text = new StringBuilder();
            for (Step step : steps) {
                text.append(step.label());
            }
            return text.toString();
        }
    }

    /// The ways from roots of some kinds.
    public static RootPaths of(Heap heap, Set<RootKind> kinds) {
        List<HeapRoot> roots = new ArrayList<>();
        for (RootKind kind : RootKind.values()) {
            for (HeapRoot root : heap.roots()) {
                if (root.kind() == kind && kinds.contains(kind)) {
                    roots.add(root);
                }
            }
        }
        RootPaths paths = new RootPaths(heap, List.copyOf(roots));
        paths.search();
        return paths;
    }

    private void search() {
        Arrays.fill(distance, -1);
        int[] queue = new int[heap.size()];
        int end = 0;
        for (int i = 0; i < roots.size(); i++) {
            int target = roots.get(i).target();
            if (distance[target] < 0) {
                distance[target] = 0;
                by[target] = i;
                queue[end++] = target;
            }
        }
        for (int at = 0; at < end; at++) {
            int node = queue[at];
            for (int r = heap.firstReference(node); r < heap.endOfReferences(node); r++) {
                int target = heap.target(r);
                if (distance[target] < 0) {
                    distance[target] = distance[node] + 1;
                    by[target] = r;
                    from[target] = node;
                    queue[end++] = target;
                }
            }
        }
    }

    /// Whether roots reach an object.
    public boolean isReached(int object) {
        return distance[object] >= 0;
    }

    /// The steps behind the root; -1 when roots do not reach the object.
    public int distance(int object) {
        return distance[object];
    }

    /// The shortest way to an object; null when roots do not reach it.
    public @Nullable RootPath to(int object) {
        if (distance[object] < 0) {
            return null;
        }
        List<Step> steps = new ArrayList<>();
        int at = object;
        while (distance[at] > 0) {
            steps.add(new Step(at, heap.label(by[at])));
            at = from[at];
        }
        HeapRoot root = roots.get(by[at]);
        steps.add(new Step(at, root.name()));
        Collections.reverse(steps);
        return new RootPath(root, steps);
    }
}
