package dev.chipray.interpreters.micropython.internal;

import dev.chipray.heap.HeapBuilder;
import dev.chipray.heap.HeapRoot;
import dev.chipray.heap.LabelKind;
import dev.chipray.heap.RootKind;
import dev.chipray.interpreters.Layouts;
import dev.chipray.interpreters.Layouts.Field;
import dev.chipray.interpreters.Layouts.Shape;
import dev.chipray.interpreters.micropython.GcArea;
import dev.chipray.interpreters.micropython.ProcessorState;
import dev.chipray.interpreters.micropython.QstrPool;
import java.util.Map;
import java.util.Optional;

/// Finds the places outside of the heap that hold objects, and what the interpreter itself has on the heap.
final class RootWalker {
    private static final long VARIABLE_LIMIT = 1 << 20;
    private static final long STACK_LIMIT = 1 << 20;

    private final Snapshot snapshot;
    private final TargetBytes memory;
    private final ObjectWalker walker;
    private final HeapBuilder heap;

    RootWalker(Snapshot snapshot, ObjectWalker walker, HeapBuilder heap) {
        this.snapshot = snapshot;
        this.memory = snapshot.memory();
        this.walker = walker;
        this.heap = heap;
    }

    void walk(ProcessorState processor) {
        long stackLow = processor.stackPointer();
        ContextMembers context = snapshot.context();
        strings();
        state(context.thread(), context.threadAddress(), "dict_locals", "");
        state(context.vm(), context.vmAddress(), "", "qstr_last_chunk");
        variables(context);
        long stackTop = context.thread().get(context.threadAddress(), "stack_top");
        if (stackLow != 0 && stackTop > stackLow) {
            long high = Math.min(stackTop, stackLow + STACK_LIMIT);
            new FrameRoots(snapshot, heap).walk(stackLow, high);
            words(RootKind.STACK, "stack", stackLow, high);
        }
        pystack(context);
        registers(processor);
    }

    private void registers(ProcessorState processor) {
        for (Map.Entry<String, Long> register : processor.registers().entrySet()) {
            int target = heap.at(register.getValue());
            if (target >= 0) {
                heap.addRoot(new HeapRoot(RootKind.REGISTER, register.getKey(), 0, target));
                if (!heap.isKnown(target)) {
                    heap.describe(target, "memory of a running function", "");
                }
            }
        }
    }

    private void pystack(ContextMembers context) {
        long start = context.thread().get(context.threadAddress(), "pystack_start");
        long end = context.thread().get(context.threadAddress(), "pystack_cur");
        if (start != 0 && end > start && end - start <= STACK_LIMIT) {
            words(RootKind.STACK, "pystack", start, end);
        }
    }

    /// Pools of interned strings and the chunks with their characters.
    private void strings() {
        Qstrs qstrs = snapshot.qstrs();
        for (QstrPool pool : qstrs.pools()) {
            int poolIndex = heap.at(pool.address());
            if (poolIndex < 0) {
                continue;
            }
            heap.describe(poolIndex, "qstr pool", "");
            for (int i = 0; i < pool.length(); i++) {
                int chunk = heap.at(qstrs.recordAddress(pool.first() + i));
                if (chunk >= 0 && !heap.isKnown(chunk)) {
                    heap.own(chunk, poolIndex);
                    heap.describe(chunk, "qstr data", "");
                    heap.refer(poolIndex, chunk, LabelKind.ITEM, i);
                }
            }
        }
    }

    /// The members of a part of the state from `first` to the one before `behind`; all when these are empty.
    private void state(StructView view, long at, String first, String behind) {
        long from = view.has(first) ? view.offset(first) : 0;
        long to = view.has(behind) ? view.offset(behind) : view.size();
        for (Field field : view.struct().fields()) {
            if (field.offset() < from || field.offset() >= to || field.bitSize() > 0) {
                continue;
            }
            long place = at + field.offset();
            Optional<Layouts.Struct> inner =
                    field.shape() == Shape.STRUCT
                            ? snapshot.types().struct(field.type())
                            : Optional.empty();
            if (inner.isPresent() && inner.get().name().endsWith("mp_obj_dict_t")) {
                long map = place + snapshot.view("mp_obj_dict_t").offset("map");
                walker.map(
                        map,
                        LabelKind.KEY,
                        field.name() + " table",
                        new RootEdges(field.name(), place));
            } else if (inner.isPresent() && inner.get().name().endsWith("mp_obj_list_t")) {
                snapshot.types()
                        .of(place)
                        .ifPresent(type ->
                                walker.walk(
                                        place,
                                        field.size(),
                                        type,
                                        new RootEdges(field.name(), place)));
            } else {
                words(RootKind.STATE, field.name(), place, place + field.size());
            }
        }
    }

    /// What the objects inside of the interpreter's state hold.
    private final class RootEdges implements Edges {
        private final String name;
        private final long place;

        RootEdges(String name, long place) {
            this.name = name;
            this.place = place;
        }

        @Override
        public void part(long address, String what) {
            add(address, "", what);
        }

        @Override
        public void word(long word, LabelKind kind, String label) {
            if (snapshot.words().isPointer(word)) {
                add(word, kind == LabelKind.FIELD ? "." + label : "[" + label + "]", "");
            }
        }

        @Override
        public void word(long word, LabelKind kind, int number) {
            if (snapshot.words().isPointer(word)) {
                add(word, "[" + number + "]", "");
            }
        }

        @Override
        public void pointer(long address, String label) {
            add(address, "." + label, label);
        }

        private void add(long address, String label, String what) {
            int target = address == 0 ? -1 : heap.at(address);
            if (target >= 0) {
                heap.addRoot(new HeapRoot(RootKind.STATE, name + label, place, target));
                if (!what.isEmpty() && !heap.isKnown(target)) {
                    heap.describe(target, what, "");
                }
            }
        }
    }

    private void variables(ContextMembers context) {
        long stackTop = context.thread().get(context.threadAddress(), "stack_top");
        for (Layouts.Variable variable : snapshot.layouts().variables()) {
            boolean state = variable.address() == context.address();
            // A linker script may name the stack's room as a variable; its words are the stack's.
            boolean stack =
                    variable.address() < stackTop
                            && stackTop <= variable.address() + variable.size();
            if (!state && !stack && variable.size() <= VARIABLE_LIMIT && !holdsHeap(variable)) {
                words(
                        RootKind.VARIABLE,
                        variable.name(),
                        variable.address(),
                        variable.address() + variable.size());
            }
        }
    }

    private boolean holdsHeap(Layouts.Variable variable) {
        for (GcArea area : snapshot.areas()) {
            if (variable.address() < area.poolEnd()
                    && area.allocationTable() < variable.address() + variable.size()) {
                return true;
            }
        }
        return false;
    }

    private void words(RootKind kind, String name, long from, long to) {
        int size = memory.wordSize();
        long start = (from + size - 1) & -size;
        for (long at = start; at + size <= to; at += size) {
            int target = heap.at(memory.word(at));
            if (target >= 0) {
                String place = to - start <= size ? name : name + "+0x%x".formatted(at - from);
                heap.addRoot(new HeapRoot(kind, place, at, target));
                if (kind != RootKind.STACK && !heap.isKnown(target)) {
                    heap.describe(target, "memory of " + name, "");
                } else if (!heap.isKnown(target)) {
                    heap.describe(target, "memory of a running function", "");
                }
            }
        }
    }
}
