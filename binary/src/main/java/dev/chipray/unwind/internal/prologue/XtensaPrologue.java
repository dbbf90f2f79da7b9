package dev.chipray.unwind.internal.prologue;

import dev.chipray.bytes.MemoryReader;

/// Reads Xtensa prologues and epilogues of the call0 ABI; immutable, for any thread.
///
/// Little-endian cores only, which all that run these interpreters are. Whether a function uses register windows is
/// told by its first instruction.
public final class XtensaPrologue implements PrologueReader {
    private static final int SP = 1;

    private static final class State {
        final Effects now = new Effects();
        final Effects body = new Effects();
        boolean inEpilogue;
        int constantRegister = -1;
        int constant;
    }

    /// Whether the instruction at a function's start is ENTRY, which rotates the register window.
    public static boolean isWindowed(MemoryReader code, long start) {
        byte[] first = new byte[3];
        return code.readFully(start, first) && (first[0] & 0xff) == 0x36 && (first[1] & 0x0f) == SP;
    }

    @Override
    public Effects read(MemoryReader code, long start, long pc) {
        State state = new State();
        int length = (int) Math.min(Math.max(pc - start, 0), MOST_BYTES);
        byte[] bytes = new byte[length];
        int there = code.read(start, bytes, 0, length);
        int at = 0;
        while (at + 2 <= there) {
            boolean narrow = (bytes[at] & 0x0f) >= 8 && (bytes[at] & 0x0f) <= 13;
            if (!narrow && at + 3 > there) {
                break;
            }
            int op = (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
            if (!narrow) {
                op |= (bytes[at + 2] & 0xff) << 16;
            }
            if (!(narrow ? narrow(state, op) : wide(state, op))) {
                break;
            }
            at += narrow ? 2 : 3;
        }
        state.now.complete = !state.inEpilogue && state.now.depth == state.body.depth;
        return state.now;
    }

    private static boolean adjust(State state, int up) {
        if (!state.now.grow(-up)) {
            return false;
        }
        if (up < 0) {
            state.body.copyFrom(state.now);
        } else {
            state.inEpilogue = true;
        }
        return true;
    }

    private static void store(State state, int register, int offset) {
        // a0 and a12 to a15 are what a function must give back.
        if (register == 0 || register >= 12) {
            state.now.save(register, offset - state.now.depth);
            if (!state.inEpilogue) {
                state.body.copyFrom(state.now);
            }
        }
    }

    private static void load(State state, int register, int offset) {
        if (state.now.isSaved(register) && state.now.saved[register] == offset - state.now.depth) {
            state.now.restore(register);
            state.inEpilogue = true;
        }
    }

    private static boolean narrow(State state, int op) {
        int t = op >>> 4 & 15;
        int s = op >>> 8 & 15;
        int r = op >>> 12 & 15;
        if ((op == 0xf00d || op == 0xf01d)) {
            state.now.copyFrom(state.body);
            state.inEpilogue = false;
            return true;
        }
        switch (op & 15) {
            case 8 -> {
                if (s == SP) {
                    load(state, t, r * 4);
                }
            }
            case 9 -> {
                if (s == SP) {
                    store(state, t, r * 4);
                }
            }
            case 11 -> {
                // addi.n, where an immediate of 0 stands for -1
                if (s == SP && r == SP) {
                    return adjust(state, t == 0 ? -1 : t);
                }
            }
            default -> {
                // Everything else leaves the frame alone.
            }
        }
        return true;
    }

    private static boolean wide(State state, int op) {
        int t = op >>> 4 & 15;
        int s = op >>> 8 & 15;
        int r = op >>> 12 & 15;
        int immediate = op >>> 16 & 0xff;
        boolean jumps = (op & 0x3f) == 0x06 || (op & 0xfff0ff) == 0x0000a0;
        if (op == 0x000080 || (jumps && state.inEpilogue)) {
            // ret, or the call at a function's end
            state.now.copyFrom(state.body);
            state.inEpilogue = false;
            return true;
        }
        switch (op & 15) {
            case 2 -> {
                if (r == 12 && s == SP && t == SP) {
                    return adjust(state, (byte) immediate);
                }
                if (r == 13 && s == SP && t == SP) {
                    return adjust(state, (byte) immediate << 8);
                }
                if (r == 6 && s == SP) {
                    store(state, t, immediate * 4);
                }
                if (r == 2 && s == SP) {
                    load(state, t, immediate * 4);
                }
                if (r == 10) {
                    // movi
                    state.constantRegister = t;
                    state.constant = (immediate | s << 8) << 20 >> 20;
                }
            }
            case 0 -> {
                // sub and add of a constant that movi made
                boolean subtracts = (op & 0xff0000) == 0xc00000;
                boolean adds = (op & 0xff0000) == 0x800000;
                if ((subtracts || adds) && r == SP && s == SP && t == state.constantRegister) {
                    return adjust(state, subtracts ? -state.constant : state.constant);
                }
            }
            default -> {
                // Everything else leaves the frame alone.
            }
        }
        return true;
    }
}
