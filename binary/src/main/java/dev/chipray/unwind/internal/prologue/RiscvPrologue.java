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

    @Override
    public Effects read(MemoryReader code, long start, long pc) {
        return PrologueWalk.read(code, start, pc, this::step);
    }

    private int step(PrologueWalk walk, byte[] bytes, int at, int end) {
        int low = PrologueWalk.half(bytes, at);
        if ((low & 3) != 3) {
            return narrow(walk, low) ? 2 : 0;
        }
        return at + 4 <= end && wide(walk, low | PrologueWalk.half(bytes, at + 2) << 16) ? 4 : 0;
    }

    /// Only registers that a function must give back say something about its frame.
    private static void store(PrologueWalk walk, int register, int offset) {
        if (register == RA || register == S0 || register == 9 || register >= 18) {
            walk.store(register, offset);
        }
    }

    private static boolean wide(PrologueWalk walk, int op) {
        int rd = op >>> 7 & 31;
        int rs1 = op >>> 15 & 31;
        int function = op >>> 12 & 7;
        int immediate = op >> 20;
        if (op == RETURN || op == MRET) {
            return walk.returned();
        }
        boolean jumps = rd == 0 && ((op & 0x7f) == JAL || (op & 0x7f) == JALR);
        if (jumps && walk.inEpilogue) {
            // The call at a function's end, whose return goes to the caller.
            return walk.returned();
        }
        switch (op & 0x7f) {
            case IMMEDIATE -> {
                if (function == 0 && rs1 == SP && rd == SP) {
                    return walk.adjust(immediate);
                }
                if (function == 0 && rs1 == SP && rd == S0) {
                    walk.frame(S0, immediate);
                }
                if (function == 0
                        && rs1 == S0
                        && rd == SP
                        && walk.now.frameRegister == S0
                        && walk.now.frameDepth - immediate >= 0) {
                    walk.now.depth = walk.now.frameDepth - immediate;
                }
            }
            case STORE -> {
                if (rs1 == SP && function >= 2) {
                    store(walk, op >>> 20 & 31, (op >> 25) << 5 | rd);
                }
            }
            case LOAD -> {
                if (rs1 == SP && function >= 2) {
                    walk.load(rd, immediate);
                }
            }
            default -> {
                // Everything else leaves the frame alone.
            }
        }
        return true;
    }

    private boolean narrow(PrologueWalk walk, int op) {
        boolean jumps = (op & 0xe003) == 0xa001 || (op & 0xf07f) == 0x8002;
        if (op == COMPRESSED_RETURN || (jumps && walk.inEpilogue)) {
            return walk.returned();
        }
        int register = op >>> 7 & 31;
        int source = op >>> 2 & 31;
        switch (op & 0xe003) {
            case 0x0001 -> {
                // c.addi
                if (register == SP) {
                    return walk.adjust(signed((op >>> 7 & 0x20) | source, 6));
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
                    return walk.adjust(signed(value, 10));
                }
            }
            case 0x0000 -> {
                // c.addi4spn
                if ((op >>> 2 & 7) + 8 == S0) {
                    walk.frame(
                            S0,
                            (op >>> 7 & 0x30)
                                    | (op >>> 1 & 0x3c0)
                                    | (op >>> 4 & 4)
                                    | (op >>> 2 & 8));
                }
            }
            // c.swsp and c.sdsp
            case 0xc002 -> store(walk, source, (op >>> 7 & 0x3c) | (op >>> 1 & 0xc0));
            case 0xe002 -> {
                if (wordSize == 8) {
                    store(walk, source, (op >>> 7 & 0x38) | (op >>> 1 & 0x1c0));
                }
            }
            // c.lwsp and c.ldsp
            case 0x4002 ->
                    walk.load(register, (op >>> 7 & 0x20) | (op >>> 2 & 0x1c) | (op << 4 & 0xc0));
            case 0x6002 -> {
                if (wordSize == 8) {
                    walk.load(register, (op >>> 7 & 0x20) | (op >>> 2 & 0x18) | (op << 4 & 0x1c0));
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
