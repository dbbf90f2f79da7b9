package dev.chipray.symbols.internal;

import java.util.Arrays;

/// Flattens ranges that nest or overlap into disjoint pieces, each of which belongs to the range that started last; at
/// equal starts the one added later wins, so a child added after its parent covers it. One use, one thread.
///
/// Addresses are unsigned 32-bit offsets from a common base; ranges that do not fit are dropped and counted.
final class RangePainter {
    static final int NOBODY = -1;

    private final Ints owners = new Ints();
    private long[] lows = new long[64];
    private long[] highs = new long[64];
    private int size;
    private int dropped;

    final Ints starts = new Ints();
    final Ints pieces = new Ints();

    void add(long low, long high, int owner) {
        if (size == lows.length) {
            lows = Arrays.copyOf(lows, 2 * size);
            highs = Arrays.copyOf(highs, 2 * size);
        }
        lows[size] = low;
        highs[size] = high;
        owners.add(owner);
        size++;
    }

    int size() {
        return size;
    }

    /// The first address of a range by the order of adding.
    long low(int range) {
        return lows[range];
    }

    int dropped() {
        return dropped;
    }

    /// The lowest address, or `otherwise` when that is lower or there is none.
    long lowest(long otherwise) {
        long lowest = otherwise;
        for (int i = 0; i < size; i++) {
            if (Long.compareUnsigned(lows[i], lowest) < 0) {
                lowest = lows[i];
            }
        }
        return lowest;
    }

    /// Fills [#starts] and [#pieces] (owners, or [#NOBODY] for gaps); the last piece is a gap.
    void paint(long base) {
        long[] order = new long[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (fits(lows[i] - base) && fits(highs[i] - base)) {
                order[count++] = (lows[i] - base) << 31 | i;
            } else {
                dropped++;
            }
        }
        Arrays.sort(order, 0, count);
        int[] stack = new int[count];
        int depth = 0;
        for (int i = 0; i < count; i++) {
            int range = (int) (order[i] & 0x7fff_ffff);
            while (depth > 0 && highs[stack[depth - 1]] - base <= lows[range] - base) {
                depth = pop(stack, depth, base);
            }
            emit(lows[range] - base, owners.get(range));
            stack[depth++] = range;
        }
        while (depth > 0) {
            depth = pop(stack, depth, base);
        }
    }

    private static boolean fits(long offset) {
        return offset >= 0 && offset < 1L << 32;
    }

    private int pop(int[] stack, int depth, long base) {
        long end = highs[stack[depth - 1]];
        int left = depth - 1;
        while (left > 0 && highs[stack[left - 1]] - base <= end - base) {
            left--;
        }
        emit(end - base, left == 0 ? NOBODY : owners.get(stack[left - 1]));
        return left;
    }

    private void emit(long start, int owner) {
        int last = starts.size() - 1;
        if (last >= 0 && starts.get(last) == (int) start) {
            pieces.set(last, owner);
            if (last > 0 && pieces.get(last - 1) == owner) {
                starts.removeLast();
                pieces.removeLast();
            }
        } else if (last < 0 ? owner != NOBODY : pieces.get(last) != owner) {
            starts.add((int) start);
            pieces.add(owner);
        }
    }
}
