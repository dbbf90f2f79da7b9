package dev.chipray.ingest.gclog;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One line of a gdb backtrace after its `#N`, taken apart; what gdb did not print is 0 or empty.
///
/// Function names, arguments and paths may hold spaces, parentheses and quotes, and the line may be wrapped.
record FrameLine(long address, String function, String file, int line) {

    private static final String UNKNOWN_FUNCTION = "??";

    /// @return null where there is no frame in the text
    static @Nullable FrameLine parse(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8).strip();
        return parse(text.indexOf('\n') < 0 ? text : text.replaceAll("\\s*\n\\s+", " "));
    }

    private static @Nullable FrameLine parse(String text) {
        String rest = text;
        long address = 0;
        int in = rest.startsWith("0x") ? rest.indexOf(" in ") : -1;
        if (in > 0) {
            address = hex(rest, 2, in);
            rest = rest.substring(in + 4).stripLeading();
        }
        if (rest.isEmpty()) {
            return null;
        }
        int arguments = rest.indexOf(" (");
        if (arguments <= 0) {
            return new FrameLine(address, rest, "", 0);
        }
        String function = rest.substring(0, arguments);
        if (function.equals(UNKNOWN_FUNCTION)) {
            function = "";
        }
        return withPlace(address, function, place(rest, arguments + 1));
    }

    private static FrameLine withPlace(long address, String function, String place) {
        int colon = place.lastIndexOf(':');
        int line = colon > 0 ? decimal(place, colon + 1) : -1;
        return line < 0
                ? new FrameLine(address, function, place, 0)
                : new FrameLine(address, function, place.substring(0, colon), line);
    }

    /// What follows ` at ` or ` from ` after the arguments, or nothing.
    private static String place(String text, int open) {
        int close = closing(text, open);
        String after = close < 0 ? "" : placeAfter(text, close + 1);
        if (!after.isEmpty() || close == text.length() - 1) {
            return after;
        }
        // Quotes that do not pair: gdb cut a string, or the arguments were not what they seemed.
        int last = Math.max(text.lastIndexOf(") at "), text.lastIndexOf(") from "));
        return last < 0 ? "" : placeAfter(text, last + 1);
    }

    private static String placeAfter(String text, int at) {
        if (text.startsWith(" at ", at)) {
            return text.substring(at + 4);
        }
        return text.startsWith(" from ", at) ? text.substring(at + 6) : "";
    }

    /// Where the parenthesis that opens at `open` closes, or -1; those within quotes do not count.
    private static int closing(String text, int open) {
        int depth = 0;
        char quote = 0;
        for (int at = open; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote != 0) {
                if (c == '\\') {
                    at++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return at;
            }
        }
        return -1;
    }

    private static long hex(String text, int from, int to) {
        long value = 0;
        for (int at = from; at < to; at++) {
            int digit = Character.digit(text.charAt(at), 16);
            if (digit < 0 || value >>> 60 != 0) {
                return 0;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /// The number at the end of `text`, or -1 where it is none; 0 where it is beyond any source file.
    private static int decimal(String text, int from) {
        long value = 0;
        for (int at = from; at < text.length(); at++) {
            int digit = Character.digit(text.charAt(at), 10);
            if (digit < 0) {
                return -1;
            }
            value = Math.min(value * 10 + digit, Integer.MAX_VALUE + 1L);
        }
        return from == text.length() ? -1 : value > Integer.MAX_VALUE ? 0 : (int) value;
    }
}
