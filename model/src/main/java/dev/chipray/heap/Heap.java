package dev.chipray.heap;

import java.util.Arrays;
import java.util.List;

/// A decoded heap; immutable, any thread may read it.
///
/// Each allocation is an object. Allocations that are part of another object, such as the items of a list, have an
/// owner; the others own themselves. References start at owners, those to their own parts included. Sizes are bytes.
public final class Heap {
    /// No object, no owner.
    public static final int NONE = -1;

    private final List<HeapArea> areas;
    private final List<String> strings;
    private final List<HeapRoot> roots;
    private final long[] addresses;
    private final int[] sizes;
    private final int[] types;
    private final int[] names;
    private final int[] owners;
    private final int[] firstReference;
    private final int[] targets;
    private final int[] labels;

    Heap(HeapBuilder from, int[] firstReference, int[] targets, int[] labels) {
        this.areas = List.copyOf(from.areas);
        this.strings = List.copyOf(from.strings);
        this.roots = List.copyOf(from.roots);
        int count = from.count;
        this.addresses = Arrays.copyOf(from.addresses, count);
        this.sizes = Arrays.copyOf(from.sizes, count);
        this.types = Arrays.copyOf(from.types, count);
        this.names = Arrays.copyOf(from.names, count);
        this.owners = Arrays.copyOf(from.owners, count);
        this.firstReference = firstReference;
        this.targets = targets;
        this.labels = labels;
    }

    /// The parts of the heap.
    public List<HeapArea> areas() {
        return areas;
    }

    /// The places outside of the heap that hold objects.
    public List<HeapRoot> roots() {
        return roots;
    }

    /// How many objects there are.
    public int size() {
        return addresses.length;
    }

    /// The object that starts at an address, or [#NONE].
    public int at(long address) {
        int index = Arrays.binarySearch(addresses, address);
        return index < 0 ? NONE : index;
    }

    /// Where an object starts.
    public long address(int object) {
        return addresses[object];
    }

    /// The bytes of its allocation.
    public int bytes(int object) {
        return sizes[object];
    }

    /// Its type in the language, or for a part what it is, such as `list items`; empty when nobody knows.
    public String type(int object) {
        return strings.get(types[object]);
    }

    /// The name of a function, class or module; else empty.
    public String name(int object) {
        return strings.get(names[object]);
    }

    /// The object that an allocation is a part of, or [#NONE] when it stands for itself.
    public int owner(int object) {
        return owners[object];
    }

    /// Whether anything is known of an allocation: a type, an owner, or what it is for.
    public boolean isKnown(int object) {
        return owners[object] != NONE || types[object] != 0;
    }

    /// How many references there are.
    public int references() {
        return targets.length;
    }

    /// The first reference of an object; its last is the one before [#endOfReferences].
    public int firstReference(int object) {
        return firstReference[object];
    }

    /// The number behind an object's last reference.
    public int endOfReferences(int object) {
        return firstReference[object + 1];
    }

    /// What a reference leads to.
    public int target(int reference) {
        return targets[reference];
    }

    /// How a reference leads there.
    public LabelKind labelKind(int reference) {
        return HeapBuilder.KINDS[labels[reference] >>> HeapBuilder.VALUE_BITS];
    }

    /// A reference as a programmer would write it behind its object: `.x`, `['key']`, `[3]`, `closure[0]`.
    public String label(int reference) {
        int value = labels[reference] & HeapBuilder.VALUE_MASK;
        return switch (labelKind(reference)) {
            case FIELD, ATTRIBUTE -> "." + strings.get(value);
            case KEY -> "[" + strings.get(value) + "]";
            case ITEM -> "[" + value + "]";
            case CLOSURE -> "closure[" + value + "]";
            case LOCAL -> "local[" + value + "]";
            case WORD -> "+0x%x".formatted(value);
        };
    }
}
