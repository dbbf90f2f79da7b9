package dev.chipray.capture.internal;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.target.RegisterValues;

/// What is known of a stop at a breakpoint: its registers, and later a copy of its stack; for one thread.
public final class Stop {

    private final RegisterValues registers;
    private final long time;
    private MemoryReader memory = MemoryReader.empty();
    private boolean isReturn;
    private int stack = -1;

    Stop(RegisterValues registers, long time) {
        this.registers = registers;
        this.time = time;
    }

    public RegisterValues registers() {
        return registers;
    }

    public long programCounter() {
        return registers.programCounter().orElse(0);
    }

    public long stackPointer() {
        return registers.stackPointer().orElse(0);
    }

    /// Microseconds since the capture began.
    public long time() {
        return time;
    }

    /// The stack, as far as it was read, and the program's own bytes.
    public MemoryReader memory() {
        return memory;
    }

    void memory(MemoryReader copy) {
        memory = copy;
    }

    /// Whether the function is about to return, so that its caller's registers follow from one instruction.
    boolean isReturn() {
        return isReturn;
    }

    void returns() {
        isReturn = true;
    }

    /// The number of the call stack, -1 as long as nobody asked for it.
    int stack() {
        return stack;
    }

    void stack(int number) {
        stack = number;
    }
}
