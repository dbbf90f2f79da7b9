package dev.chipray.unwind.internal.prologue;

import java.util.Arrays;

/// What the instructions from a function's entry up to an address did: how far the stack pointer is below its value at the entry, and
/// where registers were put; for one thread.
public final class Effects {
    static final int NOWHERE = Integer.MIN_VALUE;
    private static final int MOST = 1 << 24;

    /// How many bytes the stack pointer is below its value at the entry.
    int depth;

    /// Which register holds the entry's stack pointer minus [#frameDepth], or -1.
    int frameRegister = -1;

    /// See [#frameRegister].
    int frameDepth;

    /// For each register, where its value at the entry is, counted from the entry's stack pointer; [#NOWHERE] when it is
    /// still in the register.
    final int[] saved = new int[32];

    /// Whether the function is at work, past everything that sets up its frame.
    boolean complete;

    /// Whether no branch stands before the address, so that everything read was also executed.
    boolean straight = true;

    /// Nothing was done yet.
    public Effects() {
        Arrays.fill(saved, NOWHERE);
    }

    void copyFrom(Effects other) {
        depth = other.depth;
        frameRegister = other.frameRegister;
        frameDepth = other.frameDepth;
        System.arraycopy(other.saved, 0, saved, 0, saved.length);
        complete = other.complete;
        straight &= other.straight;
    }

    void save(int register, int offset) {
        if (register >= 0 && register < saved.length && saved[register] == NOWHERE) {
            saved[register] = offset;
        }
    }

    void restore(int register) {
        if (register >= 0 && register < saved.length) {
            saved[register] = NOWHERE;
        }
    }

    /// Moves the stack pointer down; false when that makes no sense.
    boolean grow(long bytes) {
        long next = depth + bytes;
        if (next < 0 || next > MOST) {
            return false;
        }
        depth = (int) next;
        return true;
    }

    /// Bytes that the stack pointer is below its value at the entry.
    public int depth() {
        return depth;
    }

    /// The register that keeps a fixed distance to the entry's stack pointer, or -1.
    public int frameRegister() {
        return frameRegister;
    }

    /// The distance that [#frameRegister()] keeps below it.
    public int frameDepth() {
        return frameDepth;
    }

    /// Whether a register was stored.
    public boolean isSaved(int register) {
        return saved[register] != NOWHERE;
    }

    /// Where a register was stored, counted from the entry's stack pointer.
    public int offset(int register) {
        return saved[register];
    }

    /// Whether no branch stands before the address, so that everything read was also executed.
    public boolean isStraight() {
        return straight;
    }

    /// Whether the address lies in the body, past the prologue and in no epilogue.
    public boolean isComplete() {
        return complete;
    }
}
