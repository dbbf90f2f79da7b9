package dev.chipray.ctype.internal;

import dev.chipray.bytes.MalformedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one JSON text into maps, lists, strings, longs, doubles, booleans and null; for one thread, once.
///
/// This module has no dependencies, and a layout profile needs no more than this. Depth is limited; memory is in
/// proportion to the text.
public final class JsonReader {
    private static final int DEPTH_LIMIT = 128;

    private final String text;
    private final String name;
    private int at;

    private JsonReader(String text, String name) {
        this.text = text;
        this.name = name;
    }

    /// The value of a text; `name` is for messages.
    public static @Nullable Object read(String text, String name) {
        JsonReader reader = new JsonReader(text, name);
        Object value = reader.value(0);
        reader.blanks();
        if (reader.at < text.length()) {
            throw reader.malformed("more after the end of the JSON value");
        }
        return value;
    }

    private MalformedException malformed(String field) {
        return new MalformedException(name, at, field, at < text.length() ? text.charAt(at) : 0);
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char next() {
        if (at == text.length()) {
            throw malformed("JSON ends too early");
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (next() != c) {
            throw malformed("JSON: '" + c + "' expected");
        }
        at++;
    }

    private @Nullable Object value(int depth) {
        if (depth > DEPTH_LIMIT) {
            throw malformed("JSON nested too deep");
        }
        blanks();
        return switch (next()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw malformed("JSON: unknown word");
        }
        at += word.length();
        return value;
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        at++;
        blanks();
        if (next() == '}') {
            at++;
            return map;
        }
        while (true) {
            blanks();
            String key = string();
            blanks();
            expect(':');
            map.put(key, value(depth + 1));
            blanks();
            if (next() == '}') {
                at++;
                return map;
            }
            expect(',');
        }
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        at++;
        blanks();
        if (next() == ']') {
            at++;
            return list;
        }
        while (true) {
            list.add(value(depth + 1));
            blanks();
            if (next() == ']') {
                at++;
                return list;
            }
            expect(',');
        }
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = next();
            at++;
            if (c == '"') {
                return value.toString();
            }
            if (c < ' ') {
                at--;
                throw malformed("JSON: control character in a string");
            }
            value.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = next();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw malformed("JSON: unknown escape");
        };
    }

    private char unicode() {
        if (text.length() - at < 4) {
            throw malformed("JSON ends too early");
        }
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(text.charAt(at + i), 16);
            if (digit < 0) {
                throw malformed("JSON: not a hex digit");
            }
            value = value << 4 | digit;
        }
        at += 4;
        return (char) value;
    }

    private Object number() {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        try {
            if (digits.indexOf('.') < 0 && digits.indexOf('e') < 0 && digits.indexOf('E') < 0) {
                return Long.parseLong(digits);
            }
            return Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            at = start;
            throw malformed("JSON: not a number");
        }
    }
}
