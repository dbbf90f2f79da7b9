package dev.chipray.analysis.heap;

import dev.chipray.heap.Heap;
import dev.chipray.heap.HeapRoot;
import java.util.ArrayList;
import java.util.List;

/// What refers to one object; immutable.
///
/// @param heap the heap
/// @param roots the roots that hold it
/// @param references the references that lead to it
public record Referrers(Heap heap, List<HeapRoot> roots, List<Integer> references) {
    public Referrers {
        roots = List.copyOf(roots);
        references = List.copyOf(references);
    }

    /// What refers to an object.
    public static Referrers of(Heap heap, int object) {
        List<HeapRoot> roots = new ArrayList<>();
        for (HeapRoot root : heap.roots()) {
            if (root.target() == object) {
                roots.add(root);
            }
        }
        List<Integer> references = new ArrayList<>();
        for (int r = 0; r < heap.references(); r++) {
            if (heap.target(r) == object) {
                references.add(r);
            }
        }
        return new Referrers(heap, roots, references);
    }

    /// How many there are.
    public int size() {
        return roots.size() + references.size();
    }

    /// The object that a reference starts at.
    public int source(int reference) {
        int low = 0;
        int high = heap.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (heap.firstReference(middle) <= reference) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
