package dev.chipray.interpreters.micropython.internal;

import dev.chipray.heap.HeapBuilder;
import dev.chipray.heap.HeapRoot;
import dev.chipray.heap.LabelKind;
import dev.chipray.heap.RootKind;
import dev.chipray.interpreters.InterpreterFrame;
import dev.chipray.interpreters.micropython.Prelude;
import java.util.Optional;

/// Finds what the running functions of scripts hold: their arguments, locals and temporaries.
final class FrameRoots {
    private final Snapshot snapshot;
    private final HeapBuilder heap;
    private final StructView state;

    FrameRoots(Snapshot snapshot, HeapBuilder heap) {
        this.snapshot = snapshot;
        this.heap = heap;
        this.state = snapshot.view("mp_code_state_t");
    }

    /// The frames on a stack, and those on the heap that it points to.
    void walk(long low, long high) {
        for (InterpreterFrame frame : new Frames(snapshot).scan(low, high)) {
            Optional<Prelude> prelude = snapshot.bytecode().ofFunction(frame.function());
            if (prelude.isPresent()) {
                int block = heap.at(frame.state());
                String place =
                        frame.name()
                                + (frame.file().isEmpty()
                                        ? "()"
                                        : "() at " + frame.file() + ":" + frame.line());
                if (block >= 0) {
                    onHeap(block, place, frame, prelude.get());
                } else {
                    inPlace(place, frame, prelude.get());
                }
            }
        }
    }

    private void inPlace(String place, InterpreterFrame frame, Prelude prelude) {
        int word = snapshot.words().size();
        long start = frame.state() + state.offset("state");
        root(place + " function", frame.state(), frame.function());
        for (long i = 0; i < prelude.states(); i++) {
            long at = start + i * word;
            long value = snapshot.words().read(snapshot.memory(), at);
            if (value != 0 && snapshot.words().isPointer(value)) {
                root(place + " local[" + (prelude.states() - 1 - i) + "]", at, value);
            }
        }
    }

    private void root(String name, long at, long value) {
        int target = heap.at(value);
        if (target >= 0) {
            heap.addRoot(new HeapRoot(RootKind.FRAME, name, at, target));
        }
    }

    /// A state on the heap is an object of its own, which the frame holds.
    private void onHeap(int block, String place, InterpreterFrame frame, Prelude prelude) {
        root(place, frame.state(), frame.state());
        if (heap.isKnown(block)) {
            return;
        }
        heap.describe(block, "code state", frame.name());
        refer(block, frame.function(), "function");
        int word = snapshot.words().size();
        long start = frame.state() + state.offset("state");
        long end = heap.address(block) + heap.bytes(block);
        for (long i = 0; i < prelude.states() && start + (i + 1) * word <= end; i++) {
            long value = snapshot.words().read(snapshot.memory(), start + i * word);
            if (value != 0 && snapshot.words().isPointer(value)) {
                int target = heap.at(value);
                if (target >= 0) {
                    heap.refer(block, target, LabelKind.LOCAL, (int) (prelude.states() - 1 - i));
                }
            }
        }
    }

    private void refer(int block, long value, String name) {
        int target = heap.at(value);
        if (target >= 0) {
            heap.refer(block, target, LabelKind.FIELD, name);
        }
    }
}
