package dev.chipray.analysis.internal;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Lengths of free runs, each with how often it is there; adding, removing and the longest take constant time for lengths
/// below 262,144, and follow the number of distinct lengths above that.
///
/// Lengths are unsigned and above 0. The table of counts grows with the longest length met, to 1 MiB at most.
public final class RunLengths {

    private static final int TABLE_LIMIT = 64 * 64 * 64;

    private int[] counts = new int[64];

    // A bit for each length that is there, and a bit for each word that has one, twice.
    private long[] lengths = new long[1];
    private final long[] words = new long[64];
    private long groups;
    private final TreeMap<Long, Integer> beyond = new TreeMap<>(Long::compareUnsigned);
    private long size;

    /// Adds a run; one of length 0 is none.
    public void add(long length) {
        if (length == 0) {
            return;
        }
        size++;
        if (Long.compareUnsigned(length, TABLE_LIMIT) >= 0) {
            beyond.merge(length, 1, Integer::sum);
            return;
        }
        int at = (int) length;
        if (at >= counts.length) {
            int capacity = Integer.highestOneBit(at) * 2;
            counts = Arrays.copyOf(counts, capacity);
            lengths = Arrays.copyOf(lengths, capacity >> 6);
        }
        if (counts[at]++ == 0) {
            lengths[at >> 6] |= 1L << at;
            words[at >> 12] |= 1L << (at >> 6);
            groups |= 1L << (at >> 12);
        }
    }

    /// Removes a run that was added; one of length 0 is none.
    public void remove(long length) {
        if (length == 0) {
            return;
        }
        size--;
        if (Long.compareUnsigned(length, TABLE_LIMIT) >= 0) {
            beyond.computeIfPresent(length, (key, count) -> count == 1 ? null : count - 1);
            return;
        }
        int at = (int) length;
        if (--counts[at] == 0) {
            lengths[at >> 6] &= ~(1L << at);
            if (lengths[at >> 6] == 0) {
                words[at >> 12] &= ~(1L << (at >> 6));
                if (words[at >> 12] == 0) {
                    groups &= ~(1L << (at >> 12));
                }
            }
        }
    }

    /// The longest run, or 0 where there is none.
    public long longest() {
        Map.Entry<Long, Integer> last = beyond.isEmpty() ? null : beyond.lastEntry();
        if (last != null) {
            return last.getKey();
        }
        if (groups == 0) {
            return 0;
        }
        int group = 63 - Long.numberOfLeadingZeros(groups);
        int word = group * 64 + 63 - Long.numberOfLeadingZeros(words[group]);
        return word * 64L + 63 - Long.numberOfLeadingZeros(lengths[word]);
    }

    /// How many runs there are.
    public long size() {
        return size;
    }
}
