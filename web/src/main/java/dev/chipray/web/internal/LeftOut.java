package dev.chipray.web.internal;

import java.util.Arrays;

/// What the allocations that have no row of their own add up to, by call stack and slice of the recording.
///
/// Slices are equally long and double their length as the recording grows; there are at most 64, fewer where stacks are
/// so many that the table would pass 32 MiB.
final class LeftOut {

    private static final int MOST_SLICES = 64;
    private static final int MOST_CELLS = 1 << 21;

    private int slices = MOST_SLICES;
    private long sliceLength = 1;
    private long[] units = new long[MOST_SLICES];
    private long[] temporaryUnits = new long[MOST_SLICES];
    private int[] counts = new int[MOST_SLICES];
    private int stacks = 1;
    private long count;
    private long liveCount;
    private long smallest;

    void add(int stack, long start, long length, boolean temporary, boolean alive) {
        while (start / sliceLength >= slices) {
            mergePairs();
            sliceLength *= 2;
        }
        if (stack >= stacks) {
            reserve(stack);
        }
        int cell = stack * slices + (int) (start / sliceLength);
        units[cell] += length;
        counts[cell]++;
        if (temporary) {
            temporaryUnits[cell] += length;
        }
        count++;
        if (alive) {
            liveCount++;
        }
    }

    private void reserve(int stack) {
        int wanted =
                Math.toIntExact(Math.min(Integer.MAX_VALUE, Math.max(stack + 1L, stacks * 2L)));
        while (slices > 1 && (long) wanted * slices > MOST_CELLS) {
            narrow();
        }
        stacks = wanted;
        units = Arrays.copyOf(units, Math.multiplyExact(stacks, slices));
        temporaryUnits = Arrays.copyOf(temporaryUnits, units.length);
        counts = Arrays.copyOf(counts, units.length);
    }

    /// Half as many slices, each twice as long.
    private void narrow() {
        mergePairs();
        sliceLength *= 2;
        int half = slices / 2;
        for (int stack = 0; stack < stacks; stack++) {
            for (int slice = 0; slice < half; slice++) {
                units[stack * half + slice] = units[stack * slices + slice];
                temporaryUnits[stack * half + slice] = temporaryUnits[stack * slices + slice];
                counts[stack * half + slice] = counts[stack * slices + slice];
            }
        }
        slices = half;
    }

    /// Puts slices 2n and 2n + 1 together in slice n; the upper half is empty then.
    private void mergePairs() {
        if (slices == 1) {
            return;
        }
        for (int stack = 0; stack < stacks; stack++) {
            int first = stack * slices;
            for (int slice = 0; slice < slices; slice++) {
                int from = first + 2 * slice;
                boolean merged = slice < slices / 2;
                units[first + slice] = merged ? units[from] + units[from + 1] : 0;
                temporaryUnits[first + slice] =
                        merged ? temporaryUnits[from] + temporaryUnits[from + 1] : 0;
                counts[first + slice] = merged ? counts[from] + counts[from + 1] : 0;
            }
        }
    }

    void smallerThan(long length) {
        smallest = length;
    }

    /// How many allocations were left out.
    long count() {
        return count;
    }

    /// How many of them were alive at the end.
    long liveCount() {
        return liveCount;
    }

    /// Where [#liveCount()] is not 0, those smaller than this are among them.
    long smallest() {
        return smallest;
    }

    /// How many events a slice covers.
    long sliceLength() {
        return sliceLength;
    }

    /// Takes what one stack allocated in one slice.
    interface Visitor {
        void visit(int stack, int slice, int count, long units, long temporaryUnits);
    }

    void forEach(Visitor visitor) {
        for (int stack = 0; stack < stacks; stack++) {
            for (int slice = 0; slice < slices; slice++) {
                int cell = stack * slices + slice;
                if (counts[cell] != 0) {
                    visitor.visit(stack, slice, counts[cell], units[cell], temporaryUnits[cell]);
                }
            }
        }
    }
}
