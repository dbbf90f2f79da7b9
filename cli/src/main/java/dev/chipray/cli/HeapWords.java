package dev.chipray.cli;

import dev.chipray.analysis.heap.TypeTotals;
import dev.chipray.heap.Heap;
import dev.chipray.heap.RootKind;
import dev.chipray.session.heap.HeapSnapshot;

/// Objects of a heap in words.
final class HeapWords {

    private HeapWords() {}

    /// `list 0x20001230`, `function update 0x…`, `list items of list 0x…`.
    static String object(Heap heap, int object) {
        String type = heap.type(object).isEmpty() ? "unknown memory" : heap.type(object);
        String name = heap.name(object).isEmpty() ? "" : " " + heap.name(object);
        String text = type + name + " 0x%x".formatted(heap.address(object));
        int owner = TypeTotals.owner(heap, object);
        return Text.printable(owner == object ? text : text + " of " + object(heap, owner));
    }

    /// Type and address alone.
    static String brief(Heap heap, int object) {
        String type = heap.type(object).isEmpty() ? "unknown memory" : heap.type(object);
        return Text.printable(type) + " 0x%x".formatted(heap.address(object));
    }

    /// The value of an object that stands for itself; empty for a part and for what nobody knows.
    static String value(HeapSnapshot snapshot, int object, int limit) {
        Heap heap = snapshot.heap();
        return heap.owner(object) != Heap.NONE
                        || snapshot.interpreter().typeOf(heap.address(object)).isEmpty()
                ? ""
                : Text.printable(snapshot.interpreter().repr(heap.address(object), limit));
    }

    /// What a kind of root is.
    static String kind(RootKind kind) {
        return switch (kind) {
            case STATE -> "the interpreter's state";
            case VARIABLE -> "a variable of the firmware, which the collector does not follow";
            case FRAME -> "a running function";
            case STACK -> "a word on the stack";
            case REGISTER -> "a register";
        };
    }
}
