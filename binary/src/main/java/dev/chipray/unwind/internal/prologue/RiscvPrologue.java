package dev.chipray.unwind.internal.prologue;

import dev.chipray.bytes.MemoryReader;

/// Reads RISC-V prologues and epilogues, compressed instructions included; immutable, for any thread.
///
/// @param wordSize 4 or 8
public record RiscvPrologue(int wordSize) implements PrologueReader {
    private static final int RA = 1;
    private static final int SP = 2;
    private static final int S0 = 8;

    private static final int IMMEDIATE = 0x13;
    private static final int STORE = 0x23;
    private static final int LOAD = 0x03;
    private static final int JAL = 0x6f;
    private static final int JALR = 0x67;
    private static final int RETURN = 0x0000_8067;
    private static final int MRET = 0x3020_0073;
    private static final int COMPRESSED_RETURN = 0x8082;

    private static final class State {
        final Effects now = new Effects();
        final Effects body = new Effects();
        boolean inEpilogue;
    }

    @Override
    public Effects read(MemoryReader code, long start, long pc) {
        State state = new State();
        int length = (int) Math.min(Math.max(pc - start, 0), MOST_BYTES);
        byte[] bytes = new byte[length];
        int there = code.read(start, bytes, 0, length);
        int at = 0;
        while (at + 2 <= there) {
            int low = half(bytes, at);
            boolean wide = (low & 3) == 3;
            if (wide && at + 4 > there) {
                break;
            }
            boolean fine = wide ? wide(state, low | half(bytes, at + 2) << 16) : narrow(state, low);
            if (!fine) {
                break;
            }
            at += wide ? 4 : 2;
        }
        state.now.complete = !state.inEpilogue && state.now.depth == state.body.depth;
        return state.now;
    }

    private static int half(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
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
        if (register == RA || register == S0 || register == 9 || register >= 18) {
            state.now.save(register, offset - state.now.depth);
            if (!state.inEpilogue) {
                state.body.copyFrom(state.now);
            }
        }
    }

    private static void load(State state, int register, int offset) {
        if (register < 32
                && state.now.saved[register] != Effects.NOWHERE
                && state.now.saved[register] == offset - state.now.depth) {
            state.now.restore(register);
            state.inEpilogue = true;
        }
    }

    private static boolean returned(State state) {
        state.now.copyFrom(state.body);
        state.inEpilogue = false;
        return true;
    }

    private static void frame(State state, int above) {
        if (state.now.frameRegister < 0) {
            state.now.frameRegister = S0;
            state.now.frameDepth = state.now.depth - above;
            state.body.copyFrom(state.now);
        }
    }

    private static boolean wide(State state, int op) {
        int rd = op >>> 7 & 31;
        int rs1 = op >>> 15 & 31;
        int function = op >>> 12 & 7;
        int immediate = op >> 20;
        if (op == RETURN || op == MRET) {
            return returned(state);
        }
        boolean jumps = rd == 0 && ((op & 0x7f) == JAL || (op & 0x7f) == JALR);
        if (jumps && state.inEpilogue) {
            // The call at a function's end, whose return goes to the caller.
            return returned(state);
        }
        switch (op & 0x7f) {
            case IMMEDIATE -> {
                if (function == 0 && rs1 == SP && rd == SP) {
                    return adjust(state, immediate);
                }
                if (function == 0 && rs1 == SP && rd == S0) {
                    frame(state, immediate);
                }
                if (function == 0
                        && rs1 == S0
                        && rd == SP
                        && state.now.frameRegister == S0
                        && state.now.frameDepth - immediate >= 0) {
                    state.now.depth = state.now.frameDepth - immediate;
                }
            }
            case STORE -> {
                if (rs1 == SP && function >= 2) {
                    store(state, op >>> 20 & 31, (op >> 25) << 5 | rd);
                }
            }
            case LOAD -> {
                if (rs1 == SP && function >= 2) {
                    load(state, rd, immediate);
                }
            }
            default -> {
                // Everything else leaves the frame alone.
            }
        }
        return true;
    }

    private boolean narrow(State state, int op) {
        boolean jumps = (op & 0xe003) == 0xa001 || (op & 0xf07f) == 0x8002;
        if (op == COMPRESSED_RETURN || (jumps && state.inEpilogue)) {
            return returned(state);
        }
        int register = op >>> 7 & 31;
        int source = op >>> 2 & 31;
        switch (op & 0xe003) {
            case 0x0001 -> {
                // c.addi
                if (register == SP) {
                    return adjust(state, signed((op >>> 7 & 0x20) | source, 6));
                }
            }
            case 0x6001 -> {
                // c.addi16sp
                if (register == SP) {
                    int value =
                            (op >>> 3 & 0x200)
                                    | (op >>> 2 & 0x10)
                                    | (op << 1 & 0x40)
                                    | (op << 4 & 0x180)
                                    | (op << 3 & 0x20);
                    return adjust(state, signed(value, 10));
                }
            }
            case 0x0000 -> {
                // c.addi4spn
                if ((op >>> 2 & 7) + 8 == S0) {
                    frame(
                            state,
                            (op >>> 7 & 0x30)
                                    | (op >>> 1 & 0x3c0)
                                    | (op >>> 4 & 4)
                                    | (op >>> 2 & 8));
                }
            }
            // c.swsp and c.sdsp
            case 0xc002 -> store(state, source, (op >>> 7 & 0x3c) | (op >>> 1 & 0xc0));
            case 0xe002 -> {
                if (wordSize == 8) {
                    store(state, source, (op >>> 7 & 0x38) | (op >>> 1 & 0x1c0));
                }
            }
            // c.lwsp and c.ldsp
            case 0x4002 ->
                    load(state, register, (op >>> 7 & 0x20) | (op >>> 2 & 0x1c) | (op << 4 & 0xc0));
            case 0x6002 -> {
                if (wordSize == 8) {
                    load(
                            state,
                            register,
                            (op >>> 7 & 0x20) | (op >>> 2 & 0x18) | (op << 4 & 0x1c0));
                }
            }
            default -> {
                // Everything else leaves the frame alone.
            }
        }
        return true;
    }

    private static int signed(int value, int bits) {
        int shift = 32 - bits;
        return value << shift >> shift;
    }
}
