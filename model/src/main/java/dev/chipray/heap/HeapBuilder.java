package dev.chipray.heap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Collects a heap; for one thread. Objects come in the order of their addresses, then everything else in any order.
public final class HeapBuilder {
    static final int VALUE_BITS = 28;
    static final int VALUE_MASK = (1 << VALUE_BITS) - 1;
    static final LabelKind[] KINDS = LabelKind.values();

    final List<HeapArea> areas = new ArrayList<>();
    final List<String> strings = new ArrayList<>();
    final List<HeapRoot> roots = new ArrayList<>();
    long[] addresses = new long[64];
    int[] sizes = new int[64];
    int[] types = new int[64];
    int[] names = new int[64];
    int[] owners = new int[64];
    int count;

    private final Map<String, Integer> interned = new HashMap<>();
    private int[] from = new int[64];
    private int[] to = new int[64];
    private int[] label = new int[64];
    private int references;

    /// An empty heap.
    public HeapBuilder() {
        intern("");
    }

    /// Adds a part of the heap.
    public void addArea(HeapArea area) {
        areas.add(area);
    }

    /// Adds an allocation behind all others and gives its index.
    public int addObject(long address, int bytes) {
        if (count > 0 && address <= addresses[count - 1]) {
            throw new IllegalArgumentException("objects must come in the order of their addresses");
        }
        if (count == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * count);
            sizes = Arrays.copyOf(sizes, 2 * count);
            types = Arrays.copyOf(types, 2 * count);
            names = Arrays.copyOf(names, 2 * count);
            owners = Arrays.copyOf(owners, 2 * count);
        }
        addresses[count] = address;
        sizes[count] = bytes;
        owners[count] = Heap.NONE;
        return count++;
    }

    /// How many objects there are.
    public int size() {
        return count;
    }

    /// Where an object starts.
    public long address(int object) {
        return addresses[object];
    }

    /// The bytes of an object.
    public int bytes(int object) {
        return sizes[object];
    }

    /// The object that starts at an address, or [Heap#NONE].
    public int at(long address) {
        int index = Arrays.binarySearch(addresses, 0, count, address);
        return index < 0 ? Heap.NONE : index;
    }

    /// Says what an object is.
    public void describe(int object, String type, String name) {
        types[object] = intern(type);
        names[object] = intern(name);
    }

    /// Makes an object a part of another.
    public void own(int part, int owner) {
        owners[part] = owner;
    }

    /// The owner so far, or [Heap#NONE].
    public int owner(int object) {
        return owners[object];
    }

    /// Whether an object has a type or an owner so far.
    public boolean isKnown(int object) {
        return owners[object] != Heap.NONE || types[object] != 0;
    }

    /// Adds a reference with a name.
    public void refer(int source, int target, LabelKind kind, String name) {
        add(source, target, kind, intern(name));
    }

    /// Adds a reference with a number, which is cut to 28 bits.
    public void refer(int source, int target, LabelKind kind, int number) {
        add(source, target, kind, number & VALUE_MASK);
    }

    private void add(int source, int target, LabelKind kind, int value) {
        if (references == from.length) {
            from = Arrays.copyOf(from, 2 * references);
            to = Arrays.copyOf(to, 2 * references);
            label = Arrays.copyOf(label, 2 * references);
        }
        from[references] = source;
        to[references] = target;
        label[references++] = kind.ordinal() << VALUE_BITS | value;
    }

    /// Adds a root.
    public void addRoot(HeapRoot root) {
        roots.add(root);
    }

    private int intern(String text) {
        Integer known = interned.putIfAbsent(text, strings.size());
        if (known != null) {
            return known;
        }
        strings.add(text);
        return strings.size() - 1;
    }

    /// The heap; references keep the order in which each object's were added.
    public Heap build() {
        int[] first = new int[count + 1];
        for (int i = 0; i < references; i++) {
            first[from[i] + 1]++;
        }
        for (int i = 0; i < count; i++) {
            first[i + 1] += first[i];
        }
        int[] next = Arrays.copyOf(first, count);
        int[] targets = new int[references];
        int[] labels = new int[references];
        for (int i = 0; i < references; i++) {
            int at = next[from[i]]++;
            targets[at] = to[i];
            labels[at] = label[i];
        }
        return new Heap(this, first, targets, labels);
    }
}
