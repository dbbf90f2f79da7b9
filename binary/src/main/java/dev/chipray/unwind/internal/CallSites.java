package dev.chipray.unwind.internal;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.unwind.Architecture;

/// Says whether an address is one that a call returns to, by the instruction before it; immutable, for any thread.
///
/// @param kind the instruction set
public record CallSites(Architecture.Kind kind) {

    /// Whether there is a call just before `address`, whose instructions `code` gives.
    public boolean isReturnAddress(MemoryReader code, long address) {
        byte[] before = new byte[8];
        if (address < 8 || !code.readFully(address - 8, before)) {
            return false;
        }
        return switch (kind) {
            case ARM -> arm(before);
            case RISCV -> riscv(before);
            case X86_64 -> x86(before);
            case XTENSA -> xtensa(before);
        };
    }

    private static int half(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    private static boolean arm(byte[] before) {
        int first = half(before, 4);
        int last = half(before, 6);
        boolean branchWithLink = (first & 0xf800) == 0xf000 && (last & 0xc000) == 0xc000;
        return branchWithLink || (last & 0xff87) == 0x4780;
    }

    private static boolean riscv(byte[] before) {
        int word = half(before, 4) | half(before, 6) << 16;
        int opcode = word & 0xfff;
        // jal ra and jalr ra, then c.jal and c.jalr
        boolean call = opcode == 0x0ef || opcode == 0x0e7;
        int narrow = half(before, 6);
        return call
                || (narrow & 0xe003) == 0x2001
                || ((narrow & 0xf07f) == 0x9002 && (narrow & 0xf80) != 0);
    }

    private static boolean x86(byte[] before) {
        if ((before[3] & 0xff) == 0xe8) {
            return true;
        }
        for (int size = 2; size <= 7; size++) {
            int at = 8 - size;
            if ((before[at] & 0xff) == 0xff && (before[at + 1] & 0x38) == 0x10) {
                return true;
            }
        }
        return false;
    }

    private static boolean xtensa(byte[] before) {
        int op = before[5] & 0xff;
        boolean call = (op & 0x0f) == 5;
        boolean indirect = (op & 0xcf) == 0xc0 && before[7] == 0;
        return call || indirect;
    }
}
