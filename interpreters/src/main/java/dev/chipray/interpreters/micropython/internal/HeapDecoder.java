package dev.chipray.interpreters.micropython.internal;

import dev.chipray.heap.Heap;
import dev.chipray.heap.HeapArea;
import dev.chipray.heap.HeapBuilder;
import dev.chipray.heap.LabelKind;
import dev.chipray.interpreters.micropython.GcArea;
import dev.chipray.interpreters.micropython.ObjectType;
import dev.chipray.interpreters.micropython.ProcessorState;
import dev.chipray.interpreters.micropython.TypeKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Turns a snapshot into a [Heap].
///
/// An allocation whose first word is a type object is an object, unless another object's structure says that it is
/// one of its parts. What neither rule explains belongs to whoever points to it.
public final class HeapDecoder {
    private final Snapshot snapshot;
    private final HeapBuilder heap = new HeapBuilder();
    private final Values values;
    private final ObjectWalker walker;
    private final List<Optional<ObjectType>> types = new ArrayList<>();

    /// Decodes a snapshot.
    public HeapDecoder(Snapshot snapshot, Values values) {
        this.snapshot = snapshot;
        this.values = values;
        this.walker = new ObjectWalker(snapshot, values);
    }

    /// The heap.
    public Heap decode(ProcessorState processor) {
        addAllocations();
        BitSet parts = findParts();
        for (int i = 0; i < heap.size(); i++) {
            if (parts.get(i)) {
                types.set(i, Optional.empty());
            }
            ObjectType type = types.get(i).orElse(null);
            if (type != null) {
                heap.describe(i, type.name(), nameOf(i, type));
            }
        }
        for (int i = 0; i < heap.size(); i++) {
            ObjectType type = types.get(i).orElse(null);
            if (type != null) {
                walker.walk(heap.address(i), heap.bytes(i), type, new Recorder(i));
            }
        }
        new RootWalker(snapshot, walker, heap).walk(processor);
        attributeTheRest();
        return heap.build();
    }

    private void addAllocations() {
        List<GcArea> areas = new ArrayList<>(snapshot.areas());
        areas.sort(Comparator.comparingLong(GcArea::poolStart));
        for (GcArea area : areas) {
            heap.addArea(new HeapArea(area.poolStart(), area.blocks(), area.blockSize()));
            for (int block = 0; block < area.blocks(); block++) {
                if (area.isHead(block)) {
                    long at = area.address(block);
                    long bytes = (long) area.length(block) * area.blockSize();
                    heap.addObject(at, (int) Math.min(bytes, Integer.MAX_VALUE));
                    types.add(snapshot.types().of(at));
                }
            }
        }
    }

    private String nameOf(int object, ObjectType type) {
        long at = heap.address(object);
        return switch (type.kind()) {
            case FUNCTION, GENERATOR_FUNCTION -> values.functionName(at);
            case GENERATOR -> values.generatorName(at);
            case TYPE -> values.className(at);
            case MODULE -> values.moduleName(at);
            default -> "";
        };
    }

    /// Allocations that look like objects, for instance because a list's first item is a class, but are parts.
    private BitSet findParts() {
        BitSet parts = new BitSet();
        Edges finder =
                new Edges() {
                    @Override
                    public void part(long address, String what) {
                        int index = heap.at(address);
                        if (index >= 0) {
                            parts.set(index);
                        }
                    }

                    @Override
                    public void word(long word, LabelKind kind, String name) {}

                    @Override
                    public void word(long word, LabelKind kind, int number) {}

                    @Override
                    public void pointer(long address, String name) {}
                };
        for (int i = 0; i < heap.size(); i++) {
            ObjectType type = types.get(i).orElse(null);
            if (type != null && type.kind() != TypeKind.OTHER) {
                walker.walk(heap.address(i), heap.bytes(i), type, finder);
            }
        }
        return parts;
    }

    /// Writes what one object holds into the heap.
    private final class Recorder implements Edges {
        private final int source;

        Recorder(int source) {
            this.source = source;
        }

        @Override
        public void part(long address, String what) {
            int index = heap.at(address);
            if (index >= 0 && index != source) {
                own(index, what);
                heap.refer(source, index, LabelKind.FIELD, what);
            }
        }

        private void own(int index, String what) {
            if (!heap.isKnown(index)) {
                heap.own(index, source);
                heap.describe(index, what, "");
            }
        }

        @Override
        public void word(long word, LabelKind kind, String name) {
            int target = target(word);
            if (target >= 0) {
                heap.refer(source, target, kind, name);
            }
        }

        @Override
        public void word(long word, LabelKind kind, int number) {
            int target = target(word);
            if (target >= 0) {
                heap.refer(source, target, kind, number);
            }
        }

        private int target(long word) {
            return word != 0 && snapshot.words().isPointer(word) ? heap.at(word) : Heap.NONE;
        }

        @Override
        public void pointer(long address, String name) {
            int index = address == 0 ? Heap.NONE : heap.at(address);
            if (index >= 0 && index != source) {
                if (types.get(index).isEmpty()) {
                    own(index, name);
                }
                heap.refer(source, index, LabelKind.FIELD, name);
            }
        }
    }

    /// Follows every word of known memory to allocations that nothing explains, in the order of discovery.
    private void attributeTheRest() {
        int word = snapshot.memory().wordSize();
        ArrayDeque<Integer> work = new ArrayDeque<>();
        for (int i = 0; i < heap.size(); i++) {
            if (heap.isKnown(i)) {
                work.add(i);
            }
        }
        while (!work.isEmpty()) {
            int source = work.remove();
            int owner = heap.owner(source) == Heap.NONE ? source : heap.owner(source);
            for (int offset = 0; offset + word <= heap.bytes(source); offset += word) {
                int target = heap.at(snapshot.memory().word(heap.address(source) + offset));
                if (target >= 0 && !heap.isKnown(target)) {
                    heap.own(target, owner);
                    heap.describe(target, "memory of " + describe(owner), "");
                    heap.refer(source, target, LabelKind.WORD, offset);
                    work.add(target);
                }
            }
        }
    }

    private String describe(int owner) {
        return types.get(owner).map(ObjectType::name).orElse("the interpreter");
    }
}
