package dev.chipray.dwarf.location.internal;

import dev.chipray.dwarf.location.BaseEncoding;
import java.util.ArrayList;
import java.util.List;

/// The stack of one evaluation, limited in depth; for one thread.
final class OperandStack {
    /// Compilers stay below twenty.
    private static final int LIMIT = 1024;

    private final List<Typed> values = new ArrayList<>();
    final BaseEncoding generic;

    OperandStack(int addressSize) {
        generic = new BaseEncoding(addressSize, Typed.GENERIC);
    }

    /// A broken use of the stack, which the machine reports with its place.
    static final class StackException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StackException(String message) {
            super(message, null, false, false);
        }
    }

    int size() {
        return values.size();
    }

    void push(Typed value) {
        if (values.size() == LIMIT) {
            throw new StackException("more than " + LIMIT + " values on the stack");
        }
        values.add(value);
    }

    void push(long bits) {
        push(new Typed(bits, generic));
    }

    Typed pop() {
        if (values.isEmpty()) {
            throw new StackException("nothing on the stack");
        }
        return values.removeLast();
    }

    Typed peek(int depth) {
        if (depth < 0 || depth >= values.size()) {
            throw new StackException("too little on the stack");
        }
        return values.get(values.size() - 1 - depth);
    }

    void swap() {
        Typed top = pop();
        Typed second = pop();
        push(top);
        push(second);
    }

    /// The top value goes below the next two.
    void rotate() {
        Typed top = pop();
        Typed second = pop();
        Typed third = pop();
        push(top);
        push(third);
        push(second);
    }
}
