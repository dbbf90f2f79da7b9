package dev.chipray.trace;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// An open-addressing index from hashes to row numbers of a table that keeps the keys itself.
///
/// It serves the interning tables of this package: the caller probes with [#first(int)] and [#next(int)], compares rows,
/// and puts a new row where the probe ended.
final class IntHashIndex {

    private static final int INITIAL_CAPACITY = 128;

    private int[] rows = emptied(new int[INITIAL_CAPACITY]);
    private int used;

    static int mix(long value) {
        long mixed = (value ^ (value >>> 32)) * 0xD6E8FEB86659FD93L;
        return (int) (mixed >>> 32);
    }

    /// The slot where a probe for `hash` begins.
    int first(int hash) {
        return hash & (rows.length - 1);
    }

    /// The slot after `slot`.
    int next(int slot) {
        return (slot + 1) & (rows.length - 1);
    }

    /// The row at `slot`, or -1 where the slot is free and the probe ends.
    int at(int slot) {
        return rows[slot];
    }

    /// Puts `row` into the free slot where a probe for its hash ended.
    ///
    /// @param hashOf gives the hash of any row, used when the index grows
    void put(int slot, int row, IntUnaryOperator hashOf) {
        rows[slot] = row;
        used++;
        if (used * 2 > rows.length) {
            grow(hashOf);
        }
    }

    private void grow(IntUnaryOperator hashOf) {
        int[] old = rows;
        rows = emptied(new int[old.length * 2]);
        for (int row : old) {
            if (row >= 0) {
                int slot = first(hashOf.applyAsInt(row));
                while (rows[slot] >= 0) {
                    slot = next(slot);
                }
                rows[slot] = row;
            }
        }
    }

    private static int[] emptied(int[] slots) {
        Arrays.fill(slots, -1);
        return slots;
    }
}
