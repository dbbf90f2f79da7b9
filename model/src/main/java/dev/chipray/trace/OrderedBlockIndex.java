package dev.chipray.trace;

import java.util.Arrays;

/// Blocks (unsigned) to handles, in order: a sorted list of sorted leaves.
///
/// A leaf is small enough that moving its entries costs less than following the pointers of a tree; with a million
/// entries an operation is two binary searches and a move of at most 2 KiB.
final class OrderedBlockIndex {

    private static final int LEAF_CAPACITY = 128;

    /// Entries of one leaf; keys have their sign bit flipped, so that signed order is block order.
    private static final class Leaf {
        final long[] keys = new long[LEAF_CAPACITY];
        final int[] handles = new int[LEAF_CAPACITY];
        int size;

        /// Where `key` is, or the complement of where it would go.
        int search(long key) {
            return Arrays.binarySearch(keys, 0, size, key);
        }

        void insert(int at, long key, int handle) {
            System.arraycopy(keys, at, keys, at + 1, size - at);
            System.arraycopy(handles, at, handles, at + 1, size - at);
            keys[at] = key;
            handles[at] = handle;
            size++;
        }

        void delete(int at) {
            System.arraycopy(keys, at + 1, keys, at, size - at - 1);
            System.arraycopy(handles, at + 1, handles, at, size - at - 1);
            size--;
        }

        Leaf splitOffUpperHalf() {
            Leaf upper = new Leaf();
            int half = size / 2;
            upper.size = size - half;
            System.arraycopy(keys, half, upper.keys, 0, upper.size);
            System.arraycopy(handles, half, upper.handles, 0, upper.size);
            size = half;
            return upper;
        }
    }

    private Leaf[] leaves = {new Leaf()};

    /// The lowest key that may be in each leaf; the first leaf takes everything below the second.
    private long[] lowest = {Long.MIN_VALUE};

    private int leafCount = 1;

    private static long key(long block) {
        return block ^ Long.MIN_VALUE;
    }

    private int leafOf(long key) {
        int at = Arrays.binarySearch(lowest, 0, leafCount, key);
        return at >= 0 ? at : -at - 2;
    }

    int get(long block) {
        long key = key(block);
        Leaf leaf = leaves[leafOf(key)];
        int at = leaf.search(key);
        return at >= 0 ? leaf.handles[at] : LiveBlocks.NONE;
    }

    int floor(long block) {
        long key = key(block);
        int number = leafOf(key);
        Leaf leaf = leaves[number];
        int at = leaf.search(key);
        if (at < 0) {
            at = -at - 2;
        }
        // Only the first leaf may be empty, and a leaf's lowest key may have been removed since.
        while (at < 0) {
            if (number == 0) {
                return LiveBlocks.NONE;
            }
            leaf = leaves[--number];
            at = leaf.size - 1;
        }
        return leaf.handles[at];
    }

    int ceiling(long block) {
        long key = key(block);
        int number = leafOf(key);
        Leaf leaf = leaves[number];
        int at = leaf.search(key);
        if (at < 0) {
            at = -at - 1;
        }
        while (at >= leaf.size) {
            if (++number >= leafCount) {
                return LiveBlocks.NONE;
            }
            leaf = leaves[number];
            at = 0;
        }
        return leaf.handles[at];
    }

    /// Adds a block that is not there, or gives the one that is there another handle.
    void put(long block, int handle) {
        long key = key(block);
        int number = leafOf(key);
        Leaf leaf = leaves[number];
        int at = leaf.search(key);
        if (at >= 0) {
            leaf.handles[at] = handle;
            return;
        }
        if (leaf.size == LEAF_CAPACITY) {
            Leaf upper = leaf.splitOffUpperHalf();
            insertLeaf(number + 1, upper);
            if (key >= upper.keys[0]) {
                leaf = upper;
            }
            at = leaf.search(key);
        }
        leaf.insert(-at - 1, key, handle);
    }

    void remove(long block) {
        long key = key(block);
        int number = leafOf(key);
        Leaf leaf = leaves[number];
        int at = leaf.search(key);
        if (at < 0) {
            return;
        }
        leaf.delete(at);
        if (leaf.size == 0 && number > 0) {
            System.arraycopy(leaves, number + 1, leaves, number, leafCount - number - 1);
            System.arraycopy(lowest, number + 1, lowest, number, leafCount - number - 1);
            leafCount--;
        }
    }

    void forEach(LiveBlocks.HandleVisitor visitor) {
        for (int number = 0; number < leafCount; number++) {
            Leaf leaf = leaves[number];
            for (int at = 0; at < leaf.size; at++) {
                visitor.visit(leaf.handles[at]);
            }
        }
    }

    private void insertLeaf(int number, Leaf leaf) {
        if (leafCount == leaves.length) {
            leaves = Arrays.copyOf(leaves, leafCount * 2);
            lowest = Arrays.copyOf(lowest, leafCount * 2);
        }
        System.arraycopy(leaves, number, leaves, number + 1, leafCount - number);
        System.arraycopy(lowest, number, lowest, number + 1, leafCount - number);
        leaves[number] = leaf;
        lowest[number] = leaf.keys[0];
        leafCount++;
    }
}
