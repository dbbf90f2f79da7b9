package dev.chipray.unwind.internal.prologue;

import dev.chipray.bytes.MemoryReader;

/// Reads x86-64 prologues up to the first instruction that is none of a prologue; immutable, for any thread.
///
/// At the entry the return address is at the stack pointer, so the depth starts at 8 from the caller's. Past a prologue the
/// stack pointer is taken to stand still, which is what compilers do but for arguments of calls.
public final class X86Prologue implements PrologueReader {
    private static final int RSP = 7;
    private static final int RBP = 6;

    /// DWARF numbers of the registers by their encoding in instructions.
    private static final int[] DWARF = {0, 2, 1, 3, RSP, RBP, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15};

    @Override
    public Effects read(MemoryReader code, long start, long pc) {
        Effects effects = new Effects();
        effects.depth = 8;
        effects.saved[16] = -8;
        byte[] bytes = new byte[(int) Math.min(Math.max(pc - start, 0), 64)];
        int there = code.read(start, bytes, 0, bytes.length);
        int at = 0;
        while (at < there) {
            int size = step(effects, bytes, at, there);
            if (size <= 0 || at + size > there) {
                break;
            }
            at += size;
        }
        effects.complete = at < there;
        // A leave or return is ahead of nothing that needs undoing here.
        return effects;
    }

    private static int at(byte[] bytes, int index, int end) {
        return index < end ? bytes[index] & 0xff : -1;
    }

    /// Whether `endbr64` is here.
    private static boolean isBranchTarget(byte[] b, int at, int end) {
        return at(b, at, end) == 0xf3
                && at(b, at + 1, end) == 0x0f
                && at(b, at + 2, end) == 0x1e
                && at(b, at + 3, end) == 0xfa;
    }

    /// The size of a prologue instruction that was done, or 0.
    private static int step(Effects effects, byte[] b, int at, int end) {
        int first = at(b, at, end);
        if (isBranchTarget(b, at, end)) {
            return 4;
        }
        boolean extended = first == 0x41;
        int op = extended ? at(b, at + 1, end) : first;
        if (op >= 0x50 && op <= 0x57) {
            effects.grow(8);
            effects.save(DWARF[op - 0x50 + (extended ? 8 : 0)], -effects.depth);
            return extended ? 2 : 1;
        }
        int move = (first & 0xf0) == 0x40 ? 1 : 0;
        if (at(b, at + move, end) == 0x89
                && at(b, at + move + 1, end) >= 0xc0
                && (move == 0 || at(b, at + 2, end) != 0xe5)
                && (at(b, at + move + 1, end) & 7) != 4) {
            // An argument is put into another register, but for the stack and frame pointers.
            return move + 2;
        }
        if (first != 0x48) {
            return 0;
        }
        int second = at(b, at + 1, end);
        int third = at(b, at + 2, end);
        if ((second == 0x89 && third == 0xe5) || (second == 0x8b && third == 0xec)) {
            effects.frameRegister = RBP;
            effects.frameDepth = effects.depth;
            return 3;
        }
        if (second == 0x83 && third == 0xec) {
            effects.grow(at(b, at + 3, end) & 0x7f);
            return 4;
        }
        if (second == 0x81 && third == 0xec && at + 7 <= end) {
            effects.grow(
                    (b[at + 3] & 0xffL)
                            | (b[at + 4] & 0xffL) << 8
                            | (b[at + 5] & 0xffL) << 16
                            | (long) b[at + 6] << 24);
            return 7;
        }
        return 0;
    }
}
