package dev.chipray.analysis;

/// How many allocations had a size from `min` to `max`: 1, 2, 3, 4, then each class up to the next power of two.
///
/// @param min   smallest size in it, in the unit of the trace
/// @param max   largest size in it
/// @param count how many allocations had such a size
public record SizeClass(long min, long max, long count) {

    /// How many classes there are.
    static final int CLASSES = 65;

    private static final int SINGLE = 4;

    /// The number of the class that a size above 0 is in.
    static int of(long size) {
        return size <= SINGLE ? (int) size - 1 : 65 - Long.numberOfLeadingZeros(size - 1);
    }

    /// Class number `index` with a count.
    static SizeClass at(int index, long count) {
        if (index < SINGLE) {
            return new SizeClass(index + 1L, index + 1L, count);
        }
        int power = index - 1;
        long max = power == 63 ? Long.MAX_VALUE : 1L << power;
        return new SizeClass((1L << (power - 1)) + 1, max, count);
    }
}
