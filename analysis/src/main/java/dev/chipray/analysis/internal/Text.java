package dev.chipray.analysis.internal;

/// Small matters of printing.
public final class Text {

    private Text() {}

    /// `text` with everything that could move a cursor or turn the writing direction escaped by its number in hex; `text` itself where
    /// there is nothing of the kind.
    public static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnsafe(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static String escaped(String text) {
        StringBuilder result = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            if (!isUnsafe(at)) {
                result.append(at);
            } else if (at < 0x100) {
                result.append("\\x").append(hex(at, 2));
            } else {
                result.append("\\u").append(hex(at, 4));
            }
        }
        return result.toString();
    }

    private static String hex(char value, int digits) {
        String hex = Integer.toHexString(value);
        return "0".repeat(digits - hex.length()) + hex;
    }

    private static boolean isUnsafe(char at) {
        // Marks, embeddings and isolates that turn the direction, and the two separators that end a
        // line.
        return Character.isISOControl(at)
                || at == '\u061C'
                || at == '\u200E'
                || at == '\u200F'
                || (at >= '\u2028' && at <= '\u202E')
                || (at >= '\u2066' && at <= '\u2069');
    }

    /// `value * scale`, or the nearest number that a `long` holds.
    public static long scaled(long value, long scale) {
        long low = value * scale;
        if (Math.multiplyHigh(value, scale) == low >> 63) {
            return low;
        }
        return (value < 0) == (scale < 0) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
}
