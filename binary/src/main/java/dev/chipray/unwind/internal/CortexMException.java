package dev.chipray.unwind.internal;

import dev.chipray.bytes.RegisterReader;
import dev.chipray.unwind.Architecture;
import java.util.OptionalLong;

/// Undoes what a Cortex-M pushes when it takes an exception ("ARMv7-M Architecture Reference Manual", B1.5); for one thread.
public final class CortexMException {
    private static final int STACK_POINTER = 13;
    private static final int LINK = 14;

    private static final long ANY_RETURN = 0xffff_ff80L;
    private static final long ALL_ONES = 0xffff_ffffL;
    private static final int NO_FLOATS = 0x10;
    private static final int PROCESS_STACK = 0x04;

    private static final int BASIC_FRAME = 0x20;
    private static final int EXTENDED_FRAME = 0x68;
    private static final int ALIGNED = 1 << 9;

    /// What became of the step.
    public enum Outcome {
        DONE,
        NO_MEMORY,
        NO_PROCESS_STACK_POINTER
    }

    private CortexMException() {}

    /// Whether a return address is one of the values that end an exception.
    public static boolean isReturn(long address) {
        long value = address & ALL_ONES;
        // All ones is what the link register holds after a reset.
        return (value & ANY_RETURN) == ANY_RETURN && value != ALL_ONES && value != ALL_ONES - 1;
    }

    /// Fills `interrupted` from the frame on the stack. `handler` holds the registers that the handler was entered with, its
    /// stack pointer among them, and `target` is asked for the process stack pointer.
    public static Outcome undo(
            long exceptionReturn,
            RegisterFile handler,
            RegisterReader target,
            StackMemory memory,
            RegisterFile interrupted) {
        long frame;
        if ((exceptionReturn & PROCESS_STACK) != 0) {
            OptionalLong process = target.read(Architecture.ARM_PSP);
            if (process.isEmpty()) {
                return Outcome.NO_PROCESS_STACK_POINTER;
            }
            frame = process.getAsLong();
        } else {
            frame = handler.get(STACK_POINTER);
        }
        interrupted.copyFrom(handler);
        for (int register = 0; register < 4; register++) {
            interrupted.set(register, memory.word(frame + 4L * register));
        }
        interrupted.set(12, memory.word(frame + 0x10));
        interrupted.set(LINK, memory.word(frame + 0x14));
        interrupted.pc(memory.word(frame + 0x18));
        long status = memory.word(frame + 0x1c);
        long size = (exceptionReturn & NO_FLOATS) != 0 ? BASIC_FRAME : EXTENDED_FRAME;
        long padding = (status & ALIGNED) != 0 ? 4 : 0;
        interrupted.set(STACK_POINTER, frame + size + padding);
        return memory.takeFailure() ? Outcome.NO_MEMORY : Outcome.DONE;
    }
}
