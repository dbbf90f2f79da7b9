package dev.chipray.unwind.internal.prologue;

import dev.chipray.bytes.MemoryReader;

/// Reads Xtensa prologues and epilogues of the call0 ABI; immutable, for any thread.
///
/// Little-endian cores only, which all that run these interpreters are. Whether a function uses register windows is
/// told by its first instruction.
public final class XtensaPrologue implements PrologueReader {
    private static final int SP = 1;

    /// The constant that was last put into a register.
    private static final class Constant {
        int register = -1;
        int value;
    }

    /// Whether the instruction at a function's start is ENTRY, which rotates the register window.
    public static boolean isWindowed(MemoryReader code, long start) {
        byte[] first = new byte[3];
        return code.readFully(start, first) && (first[0] & 0xff) == 0x36 && (first[1] & 0x0f) == SP;
    }

    @Override
    public Effects read(MemoryReader code, long start, long pc) {
        Constant constant = new Constant();
        return PrologueWalk.read(
                code, start, pc, (walk, bytes, at, end) -> step(walk, constant, bytes, at, end));
    }

    private static int step(PrologueWalk walk, Constant constant, byte[] bytes, int at, int end) {
        int low = PrologueWalk.half(bytes, at);
        boolean narrow = (low & 0x0f) >= 8 && (low & 0x0f) <= 13;
        if (narrow) {
            return narrow(walk, low) ? 2 : 0;
        }
        return at + 3 <= end && wide(walk, constant, low | (bytes[at + 2] & 0xff) << 16) ? 3 : 0;
    }

    private static void store(PrologueWalk walk, int register, int offset) {
        // a0 and a12 to a15 are what a function must give back.
        if (register == 0 || register >= 12) {
            walk.store(register, offset);
        }
    }

    private static boolean narrow(PrologueWalk walk, int op) {
        int t = op >>> 4 & 15;
        int s = op >>> 8 & 15;
        int r = op >>> 12 & 15;
        if ((op == 0xf00d || op == 0xf01d)) {
            return walk.returned();
        }
        switch (op & 15) {
            case 8 -> {
                if (s == SP) {
                    walk.load(t, r * 4);
                }
            }
            case 9 -> {
                if (s == SP) {
                    store(walk, t, r * 4);
                }
            }
            case 11 -> {
                // addi.n, where an immediate of 0 stands for -1
                if (s == SP && r == SP) {
                    return walk.adjust(t == 0 ? -1 : t);
                }
            }
            default -> {
                // Everything else leaves the frame alone.
            }
        }
        return true;
    }

    private static boolean wide(PrologueWalk walk, Constant constant, int op) {
        int t = op >>> 4 & 15;
        int s = op >>> 8 & 15;
        int r = op >>> 12 & 15;
        int immediate = op >>> 16 & 0xff;
        boolean jumps = (op & 0x3f) == 0x06 || (op & 0xfff0ff) == 0x0000a0;
        if (op == 0x000080 || (jumps && walk.inEpilogue)) {
            // ret, or the call at a function's end
            return walk.returned();
        }
        switch (op & 15) {
            case 2 -> {
                if (r == 12 && s == SP && t == SP) {
                    return walk.adjust((byte) immediate);
                }
                if (r == 13 && s == SP && t == SP) {
                    return walk.adjust((byte) immediate << 8);
                }
                if (r == 6 && s == SP) {
                    store(walk, t, immediate * 4);
                }
                if (r == 2 && s == SP) {
                    walk.load(t, immediate * 4);
                }
                if (r == 10) {
                    // movi
                    constant.register = t;
                    constant.value = (immediate | s << 8) << 20 >> 20;
                }
            }
            case 0 -> {
                // sub and add of a constant that movi made
                boolean subtracts = (op & 0xff0000) == 0xc00000;
                boolean adds = (op & 0xff0000) == 0x800000;
                if ((subtracts || adds) && r == SP && s == SP && t == constant.register) {
                    return walk.adjust(subtracts ? -constant.value : constant.value);
                }
            }
            default -> {
                // Everything else leaves the frame alone.
            }
        }
        return true;
    }
}
