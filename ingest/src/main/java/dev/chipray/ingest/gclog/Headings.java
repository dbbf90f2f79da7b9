package dev.chipray.ingest.gclog;

import java.nio.charset.StandardCharsets;

/// Recognises the lines with which events begin; what cuts a log into pieces and what parses them must agree on it.
final class Headings {

    private static final byte[] BREAKPOINT = "reakpoint ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TEMPORARY = "Temporary b".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] THREAD = "Thread ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HIT = " hit ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHIPRAY = "chipray ".getBytes(StandardCharsets.US_ASCII);

    /// How far into a line that begins with a thread's name gdb's own words are looked for.
    private static final int THREAD_NAME_LIMIT = 160;

    private Headings() {}

    /// Whether a line in the form of Chipray's own gdb script begins at `at`.
    static boolean isChipray(byte[] bytes, int at, int limit) {
        return startsWith(bytes, at, limit, CHIPRAY);
    }

    /// Where the stopped function's text begins in a line that begins at `at` and tells a stop at a breakpoint, or -1.
    static int afterStop(byte[] bytes, int at, int limit) {
        int from = at;
        if (startsWith(bytes, from, limit, THREAD)) {
            from = afterThread(bytes, from + THREAD.length, limit);
            if (from < 0) {
                return -1;
            }
        }
        if (startsWith(bytes, from, limit, TEMPORARY)) {
            from += TEMPORARY.length;
        } else if (from < limit && bytes[from] == 'B') {
            from++;
        } else {
            return -1;
        }
        return startsWith(bytes, from, limit, BREAKPOINT)
                ? afterNumber(bytes, from + BREAKPOINT.length, limit)
                : -1;
    }

    /// Whether an event begins with the line at `at`.
    static boolean isEvent(byte[] bytes, int at, int limit) {
        return isChipray(bytes, at, limit) || afterStop(bytes, at, limit) >= 0;
    }

    /// Whether an event begins in the text.
    static boolean anyIn(byte[] text) {
        for (int at = 0; at < text.length; at++) {
            if ((at == 0 || text[at - 1] == '\n') && isEvent(text, at, text.length)) {
                return true;
            }
        }
        return false;
    }

    private static int afterThread(byte[] bytes, int from, int limit) {
        int end = Math.min(limit, from + THREAD_NAME_LIMIT);
        for (int at = from; at < end && bytes[at] != '\n'; at++) {
            if (bytes[at] == ' ' && startsWith(bytes, at, limit, HIT)) {
                return at + HIT.length;
            }
        }
        return -1;
    }

    /// After `12, ` or `12.1, `.
    private static int afterNumber(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit && ((bytes[at] >= '0' && bytes[at] <= '9') || bytes[at] == '.')) {
            at++;
        }
        boolean ends = at > from && at + 1 < limit && bytes[at] == ',' && bytes[at + 1] == ' ';
        return ends ? at + 2 : -1;
    }

    static boolean startsWith(byte[] bytes, int at, int limit, byte[] text) {
        if (limit - at < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
