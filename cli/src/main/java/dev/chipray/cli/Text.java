package dev.chipray.cli;

import java.util.Locale;

/// Text as a terminal shows it.
final class Text {

    private static final long KIBI = 1024;
    private static final long MEBI = KIBI * KIBI;

    private Text() {}

    /// The text with control characters, and characters that reorder text, made visible; names come from the device.
    static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isDangerous(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static boolean isDangerous(char c) {
        return c < 0x20
                || (c >= 0x7f && c < 0xa0)
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0xfeff;
    }

    private static String escaped(String text) {
        StringBuilder result = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isDangerous(c)) {
                result.append(c);
            } else if (c < 0x100) {
                result.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
            } else {
                result.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return result.toString();
    }

    /// A size in KiB or MiB with one decimal, or in bytes below 1 KiB.
    static String bytes(long bytes) {
        if (Math.abs(bytes) < KIBI) {
            return bytes + " B";
        }
        if (Math.abs(bytes) < MEBI) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / (double) KIBI);
        }
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) MEBI);
    }

    /// A count with its thousands set apart.
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// A share in percent without decimals, with one below ten.
    static String percent(double share) {
        double percent = share * 100;
        return String.format(
                Locale.ROOT, percent > 0 && percent < 9.95 ? "%.1f%%" : "%.0f%%", percent);
    }

    /// The text cut to `width` columns, its end replaced where it is longer.
    static String fit(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        return width <= 1
                ? text.substring(0, Math.max(0, width))
                : text.substring(0, width - 1) + "…";
    }
}
