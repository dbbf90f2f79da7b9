package dev.chipray.unwind.internal;

import java.util.OptionalLong;

/// Undoes a call of Xtensa's windowed ABI, taking the caller's registers from where window overflows put them ("Xtensa
/// Instruction Set Architecture", windowed procedure-call protocol); for one thread.
///
/// Right when all windows but the current one are on the stack, as they are after a context switch or a panic.
public final class WindowedXtensa {
    private static final int SP = 1;
    private static final long ADDRESS = 0x3fff_ffffL;

    private WindowedXtensa() {}

    /// Fills `caller`; false when the frame is the outermost one or memory is missing.
    public static boolean undo(RegisterFile frame, StackMemory memory, RegisterFile caller) {
        OptionalLong link = frame.read(0);
        if (link.isEmpty() || !frame.isKnown(SP) || link.getAsLong() == 0) {
            return false;
        }
        int increment = (int) (link.getAsLong() >>> 30) & 3;
        if (increment == 0) {
            return false;
        }
        long stack = frame.stackPointer();
        long pc = (link.getAsLong() & ADDRESS) | (frame.pc() & ~ADDRESS & 0xffff_ffffL);
        caller.clear();
        for (int register = 0; register < 4; register++) {
            caller.set(register, memory.word(stack - 16 + 4L * register));
        }
        long callerStack = caller.stackPointer();
        if (increment > 1 && !memory.failed()) {
            // What the caller keeps beyond its first four registers lies below the frame that
            // called it.
            long base = memory.word(callerStack - 12);
            for (int register = 4; register < 4 * increment; register++) {
                caller.set(
                        register,
                        memory.word(base - 16 - 16L * (increment - 1) + 4L * (register - 4)));
            }
            if (memory.takeFailure()) {
                for (int register = 4; register < 4 * increment; register++) {
                    caller.forget(register);
                }
            }
        }
        caller.pc(pc);
        return !memory.failed();
    }
}
