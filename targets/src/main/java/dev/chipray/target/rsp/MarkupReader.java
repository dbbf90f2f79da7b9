package dev.chipray.target.rsp;

import java.util.HashMap;
import java.util.Map;

/// Walks the start tags of the small XML documents that stubs send; anything else in them is skipped, nothing throws.
///
/// Stubs write plain elements with attributes. A full XML parser would cost more at start-up than all of a short session.
final class MarkupReader {

    private final String text;
    private int position;
    private String name = "";
    private Map<String, String> attributes = Map.of();

    MarkupReader(String text) {
        this.text = text;
    }

    /// Moves to the next start tag; false at the end.
    boolean next() {
        while (true) {
            int open = text.indexOf('<', position);
            if (open < 0) {
                return false;
            }
            if (text.startsWith("<!--", open)) {
                int end = text.indexOf("-->", open + 4);
                position = end < 0 ? text.length() : end + 3;
                continue;
            }
            int close = text.indexOf('>', open);
            if (close < 0) {
                return false;
            }
            position = close + 1;
            if (open + 1 < close && Character.isLetter(text.charAt(open + 1))) {
                readTag(text.substring(open + 1, close));
                return true;
            }
        }
    }

    private void readTag(String tag) {
        int at = 0;
        while (at < tag.length()
                && !Character.isWhitespace(tag.charAt(at))
                && tag.charAt(at) != '/') {
            at++;
        }
        name = tag.substring(0, at);
        Map<String, String> read = new HashMap<>();
        for (int equals = tag.indexOf('=', at); equals >= 0; equals = tag.indexOf('=', at)) {
            String key = tag.substring(at, equals).strip();
            int quote = equals + 1;
            while (quote < tag.length() && Character.isWhitespace(tag.charAt(quote))) {
                quote++;
            }
            if (quote >= tag.length() || (tag.charAt(quote) != '"' && tag.charAt(quote) != '\'')) {
                break;
            }
            int end = tag.indexOf(tag.charAt(quote), quote + 1);
            if (end < 0) {
                break;
            }
            read.put(key, unescape(tag.substring(quote + 1, end)));
            at = end + 1;
        }
        attributes = read;
    }

    /// Name of the element, with its prefix: `reg`, `xi:include`.
    String name() {
        return name;
    }

    /// An attribute's value; empty where it is not there.
    String attribute(String key) {
        return attributes.getOrDefault(key, "");
    }

    /// An attribute that is a number, decimal or hexadecimal with `0x`; `otherwise` where it is none.
    long number(String key, long otherwise) {
        try {
            String value = attribute(key);
            return value.startsWith("0x")
                    ? Long.parseUnsignedLong(value.substring(2), 16)
                    : Long.parseLong(value);
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }

    /// The text between this tag and the next one.
    String content() {
        int next = text.indexOf('<', position);
        return unescape(text.substring(position, next < 0 ? text.length() : next)).strip();
    }

    private static String unescape(String value) {
        if (value.indexOf('&') < 0) {
            return value;
        }
        return value.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }
}
