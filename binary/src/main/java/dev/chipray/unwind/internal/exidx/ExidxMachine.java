package dev.chipray.unwind.internal.exidx;

import dev.chipray.unwind.internal.RegisterFile;
import dev.chipray.unwind.internal.StackMemory;

/// Runs the instructions that undo a function's frame, as "Exception Handling ABI for the Arm Architecture" defines them;
/// for one thread, once. The work is bounded by the number of instructions.
public final class ExidxMachine {
    private static final int STACK_POINTER = 13;
    private static final int LINK = 14;
    private static final int PROGRAM_COUNTER = 15;
    private static final int FIRST_DOUBLE_SLOT = 16;
    private static final int DOUBLES = 16;

    private final byte[] code;
    private final StackMemory memory;
    private final RegisterFile registers;
    private int position;
    private long virtualStack;
    private boolean popped;

    /// Undoes one frame in `registers`.
    public ExidxMachine(byte[] code, StackMemory memory, RegisterFile registers) {
        this.code = code;
        this.memory = memory;
        this.registers = registers;
    }

    /// Runs, and says whether the caller's registers are known; its return address is in the program counter.
    public boolean run() {
        if (!registers.isKnown(STACK_POINTER)) {
            return false;
        }
        virtualStack = registers.get(STACK_POINTER);
        popped = false;
        boolean more = true;
        while (more && position < code.length) {
            int first = code[position++] & 0xff;
            if (first == 0xb0) {
                break;
            }
            more = step(first);
            if (!more) {
                return false;
            }
        }
        registers.set(STACK_POINTER, virtualStack);
        if (!popped) {
            if (!registers.isKnown(LINK)) {
                return false;
            }
            registers.pc(registers.get(LINK));
        }
        return !memory.failed();
    }

    private int next() {
        return position < code.length ? code[position++] & 0xff : 0;
    }

    private boolean step(int first) {
        if (first < 0x40) {
            virtualStack += ((first & 0x3f) << 2) + 4;
            return true;
        }
        if (first < 0x80) {
            virtualStack -= ((first & 0x3f) << 2) + 4;
            return true;
        }
        return switch (first >>> 4) {
            case 0x8 -> popMask(first);
            case 0x9 -> moveStackPointer(first & 0xf);
            case 0xa -> popRange(first);
            case 0xb -> special(first);
            default -> coprocessor(first);
        };
    }

    private boolean popMask(int first) {
        int mask = (first & 0xf) << 8 | next();
        if (mask == 0) {
            // The function refuses to be unwound.
            return false;
        }
        popRegisters(mask << 4);
        return true;
    }

    private boolean moveStackPointer(int register) {
        if (register == STACK_POINTER
                || register == PROGRAM_COUNTER
                || !registers.isKnown(register)) {
            return false;
        }
        virtualStack = registers.get(register);
        return true;
    }

    private boolean popRange(int first) {
        int mask = 0;
        for (int register = 4; register <= 4 + (first & 7); register++) {
            mask |= 1 << register;
        }
        popRegisters((first & 8) != 0 ? mask | 1 << LINK : mask);
        return true;
    }

    private boolean special(int first) {
        switch (first) {
            case 0xb1 -> {
                int mask = next();
                if (mask == 0 || mask > 0xf) {
                    return false;
                }
                popRegisters(mask);
            }
            case 0xb2 -> {
                long amount = 0;
                int shift = 0;
                int part;
                do {
                    part = next();
                    amount |= (long) (part & 0x7f) << Math.min(shift, 56);
                    shift += 7;
                } while (part >= 0x80 && position < code.length);
                virtualStack += 0x204 + (amount << 2);
            }
            case 0xb3 -> {
                int range = next();
                popDoubles(range >>> 4, (range & 0xf) + 1, 4);
            }
            // The return address authentication code, which is not a register that a frame keeps.
            case 0xb4 -> virtualStack += 4;
            case 0xb5 -> {
                // Says only which modifier authentication uses.
            }
            case 0xb6, 0xb7 -> {
                return false;
            }
            default -> popDoubles(8, (first & 7) + 1, 4);
        }
        return true;
    }

    private boolean coprocessor(int first) {
        switch (first) {
            case 0xc8 -> {
                int range = next();
                popDoubles(16 + (range >>> 4), (range & 0xf) + 1, 0);
            }
            case 0xc9 -> {
                int range = next();
                popDoubles(range >>> 4, (range & 0xf) + 1, 0);
            }
            // Wireless MMX: the values are skipped, because no frame keeps them.
            case 0xc6 -> virtualStack += 8L * ((next() & 0xf) + 1);
            case 0xc7 -> {
                int mask = next();
                if (mask == 0 || mask > 0xf) {
                    return false;
                }
                virtualStack += 4L * Integer.bitCount(mask);
            }
            default -> {
                if (first >= 0xd0 && first <= 0xd7) {
                    popDoubles(8, (first & 7) + 1, 0);
                } else if (first >= 0xc0 && first <= 0xc5) {
                    virtualStack += 8L * ((first & 7) + 1);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    private void popRegisters(int mask) {
        long restoredStack = 0;
        boolean restoresStack = false;
        for (int register = 0; register < 16; register++) {
            if ((mask >>> register & 1) == 0) {
                continue;
            }
            long value = memory.word(virtualStack);
            virtualStack += 4;
            if (register == PROGRAM_COUNTER) {
                registers.pc(value);
                popped = true;
            } else if (register == STACK_POINTER) {
                restoredStack = value;
                restoresStack = true;
            } else {
                registers.set(register, value);
            }
        }
        if (restoresStack) {
            virtualStack = restoredStack;
        }
    }

    private void popDoubles(int first, int count, int padding) {
        for (int i = 0; i < count; i++) {
            long value = memory.number(virtualStack, 8);
            virtualStack += 8;
            if (first + i < DOUBLES) {
                registers.set(FIRST_DOUBLE_SLOT + first + i, value);
            }
        }
        virtualStack += padding;
    }
}
