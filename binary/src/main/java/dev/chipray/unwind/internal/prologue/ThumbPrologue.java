package dev.chipray.unwind.internal.prologue;

import dev.chipray.bytes.MemoryReader;

/// Reads Thumb and Thumb-2 prologues and epilogues; immutable, for any thread.
public final class ThumbPrologue implements PrologueReader {
    private static final int SP = 13;
    private static final int PC = 15;
    private static final int RETURN = 0x4770;

    @Override
    public Effects read(MemoryReader code, long start, long pc) {
        return PrologueWalk.read(code, start, pc, ThumbPrologue::step);
    }

    private static int step(PrologueWalk walk, byte[] bytes, int at, int end) {
        int first = PrologueWalk.half(bytes, at);
        if ((first & 0xf800) < 0xe800) {
            return narrow(walk, first) ? 2 : 0;
        }
        return at + 4 <= end && wide(walk, first, PrologueWalk.half(bytes, at + 2)) ? 4 : 0;
    }

    private static void push(PrologueWalk walk, int mask) {
        int count = Integer.bitCount(mask);
        if (walk.now.grow(4L * count)) {
            int offset = -walk.now.depth;
            for (int register = 0; register < 16; register++) {
                if ((mask >>> register & 1) != 0) {
                    walk.now.save(register, offset);
                    offset += 4;
                }
            }
            walk.body.copyFrom(walk.now);
        }
    }

    private static boolean pop(PrologueWalk walk, int mask) {
        if ((mask >>> PC & 1) != 0) {
            return walk.returned();
        }
        // Popping what was never saved balances a push of arguments.
        boolean restores = false;
        for (int register = 4; register < 16; register++) {
            if ((mask >>> register & 1) != 0) {
                walk.now.restore(register);
                restores = true;
            }
        }
        walk.inEpilogue |= restores;
        return walk.now.grow(-4L * Integer.bitCount(mask));
    }

    private static boolean adjust(PrologueWalk walk, long down) {
        if (!walk.now.grow(down)) {
            return false;
        }
        if (down > 0 && !walk.inEpilogue) {
            walk.body.copyFrom(walk.now);
        } else if (walk.now.depth < walk.body.depth) {
            walk.inEpilogue = true;
        }
        return true;
    }

    private static boolean narrow(PrologueWalk walk, int op) {
        if ((op & 0xfe00) == 0xb400) {
            push(walk, (op & 0xff) | (op & 0x100) << 6);
        } else if ((op & 0xfe00) == 0xbc00) {
            return pop(walk, (op & 0xff) | (op & 0x100) << 7);
        } else if ((op & 0xff80) == 0xb080) {
            return adjust(walk, (op & 0x7f) << 2);
        } else if ((op & 0xff80) == 0xb000) {
            return adjust(walk, -((op & 0x7f) << 2));
        } else if ((op & 0xf800) == 0xa800) {
            frame(walk, op >>> 8 & 7, (op & 0xff) << 2);
        } else if ((op & 0xff78) == 0x4668) {
            frame(walk, (op & 7) | (op >>> 4 & 8), 0);
        } else if ((op & 0xff87) == 0x4685) {
            return fromFrame(walk, op >>> 3 & 0xf);
        } else if ((op & 0xff00) == 0x3700 && walk.now.frameRegister == 7) {
            walk.now.frameDepth -= op & 0xff;
            walk.inEpilogue = true;
        } else if ((op & 0xff87) == 0x4700 || (op & 0xf800) == 0xe000) {
            // A return, or a jump that may be the call at a function's end.
            branch(walk);
            return (!walk.inEpilogue && op != RETURN) || walk.returned();
        } else if ((op & 0xf000) == 0xd000 || (op & 0xf500) == 0xb100 || (op & 0xff87) == 0x4780) {
            branch(walk);
        }
        return true;
    }

    private static void branch(PrologueWalk walk) {
        walk.now.straight = false;
        walk.body.straight = false;
    }

    private static void frame(PrologueWalk walk, int register, int above) {
        // Only the two registers that compilers use; others take addresses of locals.
        if (register == 7 || register == 11) {
            walk.frame(register, above);
        }
    }

    private static boolean fromFrame(PrologueWalk walk, int register) {
        if (register == walk.now.frameRegister) {
            walk.now.depth = Math.max(0, walk.now.frameDepth);
            walk.inEpilogue = true;
        }
        return true;
    }

    private static boolean wide(PrologueWalk walk, int first, int second) {
        if (first == 0xe92d) {
            push(walk, second & 0x5fff);
        } else if (first == 0xe8bd) {
            return pop(walk, second);
        } else if ((first & 0xfbff) == 0xf1ad && (second & 0x8f00) == 0x0d00) {
            return adjust(walk, expand(first, second));
        } else if ((first & 0xfbff) == 0xf2ad && (second & 0x8f00) == 0x0d00) {
            return adjust(walk, plain(first, second));
        } else if ((first & 0xfbff) == 0xf10d && (second & 0x8f00) == 0x0d00) {
            return adjust(walk, -expand(first, second));
        } else if ((first & 0xfbff) == 0xf20d && (second & 0x8f00) == 0x0d00) {
            return adjust(walk, -plain(first, second));
        } else if ((first & 0xfff0) == 0xf840 + SP && (second & 0x0fff) == 0x0d04) {
            push(walk, 1 << (second >>> 12));
        } else if (first == 0xf84d && (second & 0x0f00) == 0x0d00) {
            return storeBelow(walk, second);
        } else if (first == 0xf85d && (second & 0x0f00) == 0x0b00) {
            return loadAbove(walk, second);
        } else if ((first & 0xffbf) == 0xed2d && (second & 0x0e00) == 0x0a00) {
            return adjust(walk, 4L * (second & 0xff));
        } else if ((first & 0xffbf) == 0xecbd && (second & 0x0e00) == 0x0a00) {
            return adjust(walk, -4L * (second & 0xff));
        } else if ((first & 0xf800) == 0xf000 && (second & 0x8000) != 0) {
            branch(walk);
            boolean jumps = (second & 0xd000) == 0x9000;
            return !jumps || !walk.inEpilogue || walk.returned();
        }
        return true;
    }

    /// `str rt, [sp, #-n]!`
    private static boolean storeBelow(PrologueWalk walk, int second) {
        if (!adjust(walk, second & 0xff)) {
            return false;
        }
        walk.now.save(second >>> 12, -walk.now.depth);
        walk.body.copyFrom(walk.now);
        return true;
    }

    /// `ldr rt, [sp], #n`
    private static boolean loadAbove(PrologueWalk walk, int second) {
        int register = second >>> 12;
        if (register == PC) {
            return walk.returned();
        }
        walk.now.restore(register);
        walk.inEpilogue = true;
        return walk.now.grow(-(second & 0xff));
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
