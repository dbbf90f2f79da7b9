package dev.chipray.ingest.gclog;

/// Shortens an event that does not fit into memory: most of its beginning stays, and of the rest only lines with values.
final class LongEvents {

    private static final int VALUE_LINE_LIMIT = 128;
    private static final int VALUES_LIMIT = 4096;

    private LongEvents() {}

    /// @return the new length; the last line, which may go on, stays, and is cut where it is itself too long
    static int shorten(byte[] bytes, int length) {
        int most = length / 4 * 3;
        int to = most;
        while (to > 0 && bytes[to - 1] != '\n') {
            to--;
        }
        if (to == 0) {
            return most;
        }
        int lastLine = length;
        while (lastLine > to && bytes[lastLine - 1] != '\n') {
            lastLine--;
        }
        int valuesEnd = to + VALUES_LIMIT;
        int at = to;
        while (at < lastLine) {
            int end = at;
            while (bytes[end] != '\n') {
                end++;
            }
            int size = end + 1 - at;
            if (bytes[at] == '$' && size <= VALUE_LINE_LIMIT && to + size <= valuesEnd) {
                System.arraycopy(bytes, at, bytes, to, size);
                to += size;
            }
            at = end + 1;
        }
        int rest = Math.min(length - lastLine, length / 8);
        System.arraycopy(bytes, lastLine, bytes, to, rest);
        return to + rest;
    }
}
