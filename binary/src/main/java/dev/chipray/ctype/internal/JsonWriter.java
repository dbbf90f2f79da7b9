package dev.chipray.ctype.internal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes maps, lists, strings, numbers, booleans and null as JSON: a member to a line where that helps reading and
/// diffs, short values on one line. Stateless.
public final class JsonWriter {
    private static final int LINE = 110;

    private JsonWriter() {}

    /// The text of a value, with a newline at its end.
    public static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        pretty(value, 0, out);
        return out.append('\n').toString();
    }

    private static void pretty(@Nullable Object value, int indent, StringBuilder out) {
        String flat = flat(value);
        boolean composite = value instanceof Map<?, ?> || value instanceof List<?>;
        if (!composite || flat.length() + indent <= LINE) {
            out.append(flat);
            return;
        }
        boolean map = value instanceof Map<?, ?>;
        String separator = map ? "{" : "[";
        if (value instanceof Map<?, ?> members) {
            for (Map.Entry<?, ?> member : members.entrySet()) {
                out.append(separator).append('\n').append(" ".repeat(indent + 2));
                quote(String.valueOf(member.getKey()), out);
                out.append(": ");
                pretty(member.getValue(), indent + 2, out);
                separator = ",";
            }
        } else if (value instanceof List<?> elements) {
            for (Object element : elements) {
                out.append(separator).append('\n').append(" ".repeat(indent + 2));
                pretty(element, indent + 2, out);
                separator = ",";
            }
        }
        out.append('\n').append(" ".repeat(indent)).append(map ? '}' : ']');
    }

    private static String flat(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        flat(value, out);
        return out.toString();
    }

    private static void flat(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case Map<?, ?> members -> {
                String separator = "{";
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    out.append(separator);
                    quote(String.valueOf(member.getKey()), out);
                    out.append(": ");
                    flat(member.getValue(), out);
                    separator = ", ";
                }
                out.append(members.isEmpty() ? "{}" : "}");
            }
            case List<?> elements -> {
                String separator = "[";
                for (Object element : elements) {
                    out.append(separator);
                    flat(element, out);
                    separator = ", ";
                }
                out.append(elements.isEmpty() ? "[]" : "]");
            }
            case CharSequence text -> quote(text.toString(), out);
            case null -> out.append("null");
            default -> out.append(value);
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
