package dev.chipray.unwind.internal.prologue;

import dev.chipray.bytes.MemoryReader;

/// Goes through a function's instructions from its first one to an address, in a straight line, and keeps what they did to the
/// frame; for one thread. What is common to instruction sets that store registers relative to the stack pointer is here.
final class PrologueWalk {
    /// What the instructions so far did.
    final Effects now = new Effects();

    /// What they had done when the frame was last set up, which holds again after a return.
    final Effects body = new Effects();

    /// Whether the frame is being taken down.
    boolean inEpilogue;

    private PrologueWalk() {}

    /// Does one instruction.
    @FunctionalInterface
    interface Step {
        /// The size of the instruction at `at`, or 0 when it is cut off by `end` or makes no sense.
        int apply(PrologueWalk walk, byte[] bytes, int at, int end);
    }

    /// What the instructions from `start` up to `pc` did.
    static Effects read(MemoryReader code, long start, long pc, Step step) {
        PrologueWalk walk = new PrologueWalk();
        int length = (int) Math.min(Math.max(pc - start, 0), PrologueReader.MOST_BYTES);
        byte[] bytes = new byte[length];
        int there = code.read(start, bytes, 0, length);
        int at = 0;
        while (at + 2 <= there) {
            int size = step.apply(walk, bytes, at, there);
            if (size <= 0) {
                break;
            }
            at += size;
        }
        walk.now.complete = !walk.inEpilogue && walk.now.depth == walk.body.depth;
        return walk.now;
    }

    /// Two bytes, the lower one first.
    static int half(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    /// After a return the code that follows belongs to the body again. Always true.
    boolean returned() {
        now.copyFrom(body);
        inEpilogue = false;
        return true;
    }

    /// Moves the stack pointer: down sets up the frame, up takes it down. False when that makes no sense.
    boolean adjust(int up) {
        if (!now.grow(-(long) up)) {
            return false;
        }
        if (up < 0) {
            body.copyFrom(now);
        } else {
            inEpilogue = true;
        }
        return true;
    }

    /// Stores a register that the function must give back, `offset` above the stack pointer.
    void store(int register, int offset) {
        now.save(register, offset - now.depth);
        if (!inEpilogue) {
            body.copyFrom(now);
        }
    }

    /// Loads a register from `offset` above the stack pointer; it is given back if it was stored there.
    void load(int register, int offset) {
        if (register < now.saved.length
                && now.isSaved(register)
                && now.offset(register) == offset - now.depth) {
            now.restore(register);
            inEpilogue = true;
        }
    }

    /// Makes a register point `above` the stack pointer, from which the frame can then be found.
    void frame(int register, int above) {
        if (now.frameRegister < 0) {
            now.frameRegister = register;
            now.frameDepth = now.depth - above;
            body.copyFrom(now);
        }
    }
}
