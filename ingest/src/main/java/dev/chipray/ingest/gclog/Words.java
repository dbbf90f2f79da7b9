package dev.chipray.ingest.gclog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Text read eight bytes at a time.
final class Words {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Words() {}

    /// The eight bytes at `at`, the first in the lowest bits.
    static long at(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /// Not 0 where there is a newline in `word`; then the number of bits below the first one is
    /// [#bitsBefore] of the result.
    static long newlines(long word) {
        long different = word ^ NEWLINES;
        return (different - ONES) & ~different & HIGHS;
    }

    static int bitsBefore(long newlines) {
        return Long.numberOfTrailingZeros(newlines) - 7;
    }

    /// Where the next newline at or after `at` is. There must be one, and seven more bytes after it.
    static int endOfLine(byte[] bytes, int at) {
        int from = at;
        long found = newlines(at(bytes, from));
        while (found == 0) {
            from += Long.BYTES;
            found = newlines(at(bytes, from));
        }
        return from + (bitsBefore(found) >>> 3);
    }
}
