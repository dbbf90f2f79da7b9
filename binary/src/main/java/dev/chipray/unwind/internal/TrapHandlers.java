package dev.chipray.unwind.internal;

/// Recognises RISC-V functions that are entered by a trap, by the instruction that leaves them.
final class TrapHandlers {
    private static final int MRET = 0x3020_0073;
    private static final int LONGEST = 4096;

    private TrapHandlers() {}

    /// Whether the function at an address contains an MRET.
    static boolean isHandler(CodeMap code, long address) {
        long start = code.functionStart(address);
        if (start < 0) {
            return false;
        }
        int length = (int) Math.min(code.functionEnd(address) - start, LONGEST);
        byte[] bytes = new byte[Math.max(length, 0)];
        int there = code.instructions().read(start, bytes, 0, bytes.length);
        for (int at = 0; at + 4 <= there; at += 2) {
            int word =
                    (bytes[at] & 0xff)
                            | (bytes[at + 1] & 0xff) << 8
                            | (bytes[at + 2] & 0xff) << 16
                            | (bytes[at + 3] & 0xff) << 24;
            if (word == MRET) {
                return true;
            }
            if ((word & 3) == 3) {
                at += 2;
            }
        }
        return false;
    }
}
