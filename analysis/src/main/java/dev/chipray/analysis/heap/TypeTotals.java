package dev.chipray.analysis.heap;

import dev.chipray.heap.Heap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Objects counted by type; stateless.
public final class TypeTotals {
    private TypeTotals() {}

    /// All objects of one type.
    ///
    /// @param type the type, or what memory that is no object is; empty for what nobody knows
    /// @param count how many objects
    /// @param own bytes of their own allocations
    /// @param parts bytes of the allocations that belong to them
    /// @param part whether they are parts of other objects themselves
    public record TypeTotal(String type, long count, long own, long parts, boolean part) {
        /// Own bytes and those of parts.
        public long all() {
            return own + parts;
        }
    }

    /// The totals of objects that stand for themselves, the largest first; parts count at their owners.
    public static List<TypeTotal> of(Heap heap) {
        return totals(heap, false);
    }

    /// The totals of every allocation, parts under what they are.
    public static List<TypeTotal> ofAllocations(Heap heap) {
        return totals(heap, true);
    }

    private static List<TypeTotal> totals(Heap heap, boolean each) {
        Map<String, long[]> sums = new HashMap<>();
        for (int i = 0; i < heap.size(); i++) {
            boolean part = heap.owner(i) != Heap.NONE;
            int stands = part && !each ? owner(heap, i) : i;
            long[] sum = sums.computeIfAbsent(heap.type(stands), _ -> new long[4]);
            if (stands == i) {
                sum[0]++;
                sum[1] += heap.bytes(i);
                sum[3] += part ? 1 : 0;
            } else {
                sum[2] += heap.bytes(i);
            }
        }
        List<TypeTotal> totals = new ArrayList<>();
        sums.forEach(
                (type, sum) -> totals.add(new TypeTotal(type, sum[0], sum[1], sum[2], sum[3] > 0)));
        totals.sort(
                Comparator.comparingLong((TypeTotal total) -> -total.all())
                        .thenComparing(TypeTotal::type));
        return totals;
    }

    /// The object that an allocation is a part of in the end; itself when it stands for itself.
    public static int owner(Heap heap, int object) {
        int at = object;
        for (int i = 0; i < 64 && heap.owner(at) != Heap.NONE; i++) {
            at = heap.owner(at);
        }
        return at;
    }
}
