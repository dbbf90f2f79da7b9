package dev.chipray.analysis.heap;

import dev.chipray.heap.Heap;
import dev.chipray.heap.HeapArea;
import java.util.ArrayList;
import java.util.List;

/// The holes of a heap; immutable.
///
/// @param holes every free run, by address
public record FreeRuns(List<Hole> holes) {
    public FreeRuns {
        holes = List.copyOf(holes);
    }

    /// A run of free blocks between two allocations, or to the end of its area.
    ///
    /// @param address where it starts
    /// @param bytes how long it is
    /// @param before the object that ends before it, or [Heap#NONE]
    /// @param after the object that starts behind it, or [Heap#NONE]
    public record Hole(long address, long bytes, int before, int after) {}

    /// Holes of similar length.
    ///
    /// @param upTo the longest that counts, in bytes: a power of two
    /// @param holes how many there are
    /// @param bytes their bytes together
    public record Bucket(long upTo, int holes, long bytes) {}

    /// The holes by length, the shortest first; lengths without a hole are left out.
    public List<Bucket> histogram() {
        int[] counts = new int[64];
        long[] sums = new long[64];
        for (Hole hole : holes) {
            int bits = 64 - Long.numberOfLeadingZeros(hole.bytes() - 1);
            counts[bits]++;
            sums[bits] += hole.bytes();
        }
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                buckets.add(new Bucket(1L << i, counts[i], sums[i]));
            }
        }
        return buckets;
    }

    /// The free runs of a heap.
    public static FreeRuns of(Heap heap) {
        List<Hole> holes = new ArrayList<>();
        int object = 0;
        for (HeapArea area : heap.areas()) {
            long end = area.start() + (long) area.blocks() * area.blockSize();
            long at = area.start();
            int before = Heap.NONE;
            while (object < heap.size() && heap.address(object) < area.start()) {
                object++;
            }
            while (object < heap.size() && heap.address(object) < end) {
                if (heap.address(object) > at) {
                    holes.add(new Hole(at, heap.address(object) - at, before, object));
                }
                at = heap.address(object) + heap.bytes(object);
                before = object;
                object++;
            }
            if (at < end) {
                holes.add(new Hole(at, end - at, before, Heap.NONE));
            }
        }
        return new FreeRuns(holes);
    }

    /// All free bytes.
    public long bytes() {
        return holes.stream().mapToLong(Hole::bytes).sum();
    }

    /// The longest free run in bytes, 0 when nothing is free.
    public long largest() {
        return holes.stream().mapToLong(Hole::bytes).max().orElse(0);
    }
}
