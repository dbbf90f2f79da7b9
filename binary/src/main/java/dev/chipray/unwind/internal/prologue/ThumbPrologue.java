package dev.chipray.unwind.internal.prologue;

import dev.chipray.bytes.MemoryReader;

/// Reads Thumb and Thumb-2 prologues and epilogues; immutable, for any thread.
public final class ThumbPrologue implements PrologueReader {
    private static final int SP = 13;
    private static final int PC = 15;
    private static final int RETURN = 0x4770;

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
            int first = half(bytes, at);
            boolean wide = (first & 0xf800) >= 0xe800;
            if (wide && at + 4 > there) {
                break;
            }
            int size = wide ? 4 : 2;
            int second = wide ? half(bytes, at + 2) : 0;
            if (!(wide ? wide(state, first, second) : narrow(state, first))) {
                break;
            }
            at += size;
        }
        state.now.complete = !state.inEpilogue && state.now.depth == state.body.depth;
        return state.now;
    }

    private static int half(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    /// After a return the code that follows belongs to the body again.
    private static boolean returned(State state) {
        state.now.copyFrom(state.body);
        state.inEpilogue = false;
        return true;
    }

    private static void push(State state, int mask) {
        int count = Integer.bitCount(mask);
        if (state.now.grow(4L * count)) {
            int offset = -state.now.depth;
            for (int register = 0; register < 16; register++) {
                if ((mask >>> register & 1) != 0) {
                    state.now.save(register, offset);
                    offset += 4;
                }
            }
            state.body.copyFrom(state.now);
        }
    }

    private static boolean pop(State state, int mask) {
        if ((mask >>> PC & 1) != 0) {
            return returned(state);
        }
        // Popping what was never saved balances a push of arguments.
        boolean restores = false;
        for (int register = 4; register < 16; register++) {
            if ((mask >>> register & 1) != 0) {
                state.now.restore(register);
                restores = true;
            }
        }
        state.inEpilogue |= restores;
        return state.now.grow(-4L * Integer.bitCount(mask));
    }

    private static boolean adjust(State state, long down) {
        if (!state.now.grow(down)) {
            return false;
        }
        if (down > 0 && !state.inEpilogue) {
            state.body.copyFrom(state.now);
        } else if (state.now.depth < state.body.depth) {
            state.inEpilogue = true;
        }
        return true;
    }

    private static boolean narrow(State state, int op) {
        if ((op & 0xfe00) == 0xb400) {
            push(state, (op & 0xff) | (op & 0x100) << 6);
        } else if ((op & 0xfe00) == 0xbc00) {
            return pop(state, (op & 0xff) | (op & 0x100) << 7);
        } else if ((op & 0xff80) == 0xb080) {
            return adjust(state, (op & 0x7f) << 2);
        } else if ((op & 0xff80) == 0xb000) {
            return adjust(state, -((op & 0x7f) << 2));
        } else if ((op & 0xf800) == 0xa800) {
            frame(state, op >>> 8 & 7, (op & 0xff) << 2);
        } else if ((op & 0xff78) == 0x4668) {
            frame(state, (op & 7) | (op >>> 4 & 8), 0);
        } else if ((op & 0xff87) == 0x4685) {
            return fromFrame(state, op >>> 3 & 0xf);
        } else if ((op & 0xff00) == 0x3700 && state.now.frameRegister == 7) {
            state.now.frameDepth -= op & 0xff;
            state.inEpilogue = true;
        } else if ((op & 0xff87) == 0x4700 || (op & 0xf800) == 0xe000) {
            // A return, or a jump that may be the call at a function's end.
            branch(state);
            return (!state.inEpilogue && op != RETURN) || returned(state);
        } else if ((op & 0xf000) == 0xd000 || (op & 0xf500) == 0xb100 || (op & 0xff87) == 0x4780) {
            branch(state);
        }
        return true;
    }

    private static void branch(State state) {
        state.now.straight = false;
        state.body.straight = false;
    }

    private static void frame(State state, int register, int above) {
        // Only the two registers that compilers use; others take addresses of locals.
        if ((register == 7 || register == 11) && state.now.frameRegister < 0) {
            state.now.frameRegister = register;
            state.now.frameDepth = state.now.depth - above;
            state.body.copyFrom(state.now);
        }
    }

    private static boolean fromFrame(State state, int register) {
        if (register == state.now.frameRegister) {
            state.now.depth = Math.max(0, state.now.frameDepth);
            state.inEpilogue = true;
        }
        return true;
    }

    private static boolean wide(State state, int first, int second) {
        if (first == 0xe92d) {
            push(state, second & 0x5fff);
        } else if (first == 0xe8bd) {
            return pop(state, second);
        } else if ((first & 0xfbff) == 0xf1ad && (second & 0x8f00) == 0x0d00) {
            return adjust(state, expand(first, second));
        } else if ((first & 0xfbff) == 0xf2ad && (second & 0x8f00) == 0x0d00) {
            return adjust(state, plain(first, second));
        } else if ((first & 0xfbff) == 0xf10d && (second & 0x8f00) == 0x0d00) {
            return adjust(state, -expand(first, second));
        } else if ((first & 0xfbff) == 0xf20d && (second & 0x8f00) == 0x0d00) {
            return adjust(state, -plain(first, second));
        } else if ((first & 0xfff0) == 0xf840 + SP && (second & 0x0fff) == 0x0d04) {
            push(state, 1 << (second >>> 12));
        } else if (first == 0xf84d && (second & 0x0f00) == 0x0d00) {
            return storeBelow(state, second);
        } else if (first == 0xf85d && (second & 0x0f00) == 0x0b00) {
            return loadAbove(state, second);
        } else if ((first & 0xffbf) == 0xed2d && (second & 0x0e00) == 0x0a00) {
            return adjust(state, 4L * (second & 0xff));
        } else if ((first & 0xffbf) == 0xecbd && (second & 0x0e00) == 0x0a00) {
            return adjust(state, -4L * (second & 0xff));
        } else if ((first & 0xf800) == 0xf000 && (second & 0x8000) != 0) {
            branch(state);
            boolean jumps = (second & 0xd000) == 0x9000;
            return !jumps || !state.inEpilogue || returned(state);
        }
        return true;
    }

    /// `str rt, [sp, #-n]!`
    private static boolean storeBelow(State state, int second) {
        if (!adjust(state, second & 0xff)) {
            return false;
        }
        state.now.save(second >>> 12, -state.now.depth);
        state.body.copyFrom(state.now);
        return true;
    }

    /// `ldr rt, [sp], #n`
    private static boolean loadAbove(State state, int second) {
        int register = second >>> 12;
        if (register == PC) {
            return returned(state);
        }
        state.now.restore(register);
        state.inEpilogue = true;
        return state.now.grow(-(second & 0xff));
    }

    private static int plain(int first, int second) {
        return (first & 0x400) << 1 | (second & 0x7000) >> 4 | (second & 0xff);
    }

    /// A modified immediate constant of Thumb-2.
    private static long expand(int first, int second) {
        int value = plain(first, second);
        int low = value & 0xff;
        return switch (value >>> 8) {
            case 0 -> low;
            case 1 -> low | low << 16;
            case 2 -> (long) low << 8 | (long) low << 24;
            case 3 -> low * 0x01010101L;
            default -> Integer.rotateRight(low | 0x80, value >>> 7) & 0xffff_ffffL;
        };
    }
}
