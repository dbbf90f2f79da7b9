package dev.chipray.ingest.gclog;

/// Reads numbers out of log text without making strings of them.
final class Numbers {

    /// What cannot be a start block, a length or a time: not a number, or beyond what any heap has.
    static final long NONE = -1;

    /// Above the blocks of any heap; what is smaller can be added up without care.
    static final long LIMIT = 1L << 48;

    private Numbers() {}

    /// The number below [#LIMIT] that the text from `from` to `to` is, decimal or with `0x`; else [#NONE].
    static long read(byte[] bytes, int from, int to) {
        long value = address(bytes, from, to);
        return value >= 0 && value < LIMIT ? value : NONE;
    }

    /// The number of up to 64 bits that the text is, unsigned, or [#NONE].
    static long address(byte[] bytes, int from, int to) {
        boolean hex = to - from > 2 && bytes[from] == '0' && (bytes[from + 1] | 0x20) == 'x';
        int at = hex ? from + 2 : from;
        int radix = hex ? 16 : 10;
        if (at >= to) {
            return NONE;
        }
        long value = 0;
        for (; at < to; at++) {
            int digit = Character.digit(bytes[at], radix);
            if (digit < 0 || Long.compareUnsigned(value, Long.divideUnsigned(-1L, radix)) > 0) {
                return NONE;
            }
            long next = value * radix + digit;
            if (Long.compareUnsigned(next, value * radix) < 0) {
                return NONE;
            }
            value = next;
        }
        return value;
    }
}
