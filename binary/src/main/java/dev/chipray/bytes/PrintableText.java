package dev.chipray.bytes;

/// Makes text that came from a file or a device safe to print: what a terminal would obey, what turns the writing direction,
/// what ends a line and what cannot be seen is written as its number in hex. Any thread; every string is accepted.
///
/// That is: control characters (escape among them), format characters (direction marks and isolates, zero-width spaces and
/// joiners, the byte order mark), line and paragraph separators, and halves of surrogate pairs without the other half.
public final class PrintableText {
    private PrintableText() {}

    /// `text` with such characters written as a backslash, `x` and two digits, `u` and four, or `u` and as many as it takes in braces;
    /// `text` itself where there are none.
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (mayBeUnsafe(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    /// Halves of pairs count, because the whole may be a format character beyond 16 bits.
    private static boolean mayBeUnsafe(char at) {
        return Character.isSurrogate(at) || isUnsafe(at);
    }

    private static boolean isUnsafe(int at) {
        return switch (Character.getType(at)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(at -> {
                    if (!isUnsafe(at)) {
                        out.appendCodePoint(at);
                    } else if (at < 0x100) {
                        out.append("\\x%02x".formatted(at));
                    } else {
                        out.append((at < 0x10000 ? "\\u%04x" : "\\u{%x}").formatted(at));
                    }
                });
        return out.toString();
    }
}
