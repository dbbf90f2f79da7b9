package dev.chipray.ctype.internal;

import dev.chipray.ctype.CType;
import dev.chipray.ctype.CType.BaseKind;
import dev.chipray.ctype.CType.CompositeKind;
import dev.chipray.ctype.CType.PointerKind;
import dev.chipray.ctype.CType.Qualifier;
import dev.chipray.ctype.Enumerator;
import dev.chipray.ctype.Member;
import dev.chipray.ctype.TypeReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Makes types from the JSON values of a layout profile when they are asked for; what a value does not say in the
/// expected form becomes a [CType.Unknown]. For any thread once it is made.
public final class ProfileReader {
    /// Values of a profile of another program may be anything; sizes beyond this are no facts.
    private static final long LARGEST = 1L << 48;

    private final Map<String, TypeReference> named = new HashMap<>();
    private final Map<String, Map<?, ?>> bodies = new HashMap<>();

    /// Reads the values of named types.
    public ProfileReader(Map<?, ?> types) {
        types.forEach((key, value) -> {
            if (key instanceof String name && value instanceof Map<?, ?> body) {
                bodies.put(name, body);
                named.put(name, TypeReference.lazy(() -> type(name, body)));
            }
        });
    }

    /// The type of a name as the profile writes it, null when the profile has none.
    public @Nullable CType named(String name) {
        TypeReference reference = named.get(name);
        return reference == null ? null : reference.get();
    }

    /// The values of all named enumerations, by name of the value.
    public Map<String, Long> enumerators() {
        Map<String, Long> all = new HashMap<>();
        for (Map<?, ?> body : bodies.values()) {
            collect(body, all, 0);
        }
        return all;
    }

    private static void collect(@Nullable Object value, Map<String, Long> into, int depth) {
        if (depth > 40) {
            return;
        }
        if (value instanceof Map<?, ?> body) {
            if (body.get("values") instanceof Map<?, ?> values) {
                values.forEach((name, number) -> {
                    if (name instanceof String text && number instanceof Long known) {
                        into.putIfAbsent(text, known);
                    }
                });
            }
            body.values().forEach(inner -> collect(inner, into, depth + 1));
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> collect(inner, into, depth + 1));
        }
    }

    /// The type that a value stands for.
    public TypeReference reference(@Nullable Object value) {
        return switch (value) {
            case String name -> {
                TypeReference reference = named.get(name);
                yield reference != null ? reference : TypeReference.to(absent(name));
            }
            case Map<?, ?> body -> TypeReference.lazy(() -> type("", body));
            case null, default ->
                    TypeReference.to(new CType.Unknown("no type in the layout profile"));
        };
    }

    private static CType absent(String name) {
        return name.equals("void")
                ? new CType.VoidType()
                : new CType.Unknown(name + ", which is not in the layout profile");
    }

    private static String tag(String name) {
        return name.substring(name.indexOf(' ') + 1);
    }

    private CType type(String name, Map<?, ?> body) {
        for (PointerKind kind : PointerKind.values()) {
            String key = kind.name().toLowerCase(Locale.ROOT);
            if (body.containsKey(key)) {
                return new CType.Pointer(
                        kind, reference(body.get(key)), number(body, "size").orElse(0));
            }
        }
        for (Qualifier qualifier : Qualifier.values()) {
            String key = qualifier.name().toLowerCase(Locale.ROOT);
            if (body.containsKey(key)) {
                return new CType.Qualified(qualifier, reference(body.get(key)));
            }
        }
        if (body.containsKey("array")) {
            return new CType.Array(reference(body.get("array")), number(body, "count"));
        }
        if (body.containsKey("function")) {
            List<TypeReference> parameters = new ArrayList<>();
            if (body.get("parameters") instanceof List<?> list) {
                list.forEach(parameter -> parameters.add(reference(parameter)));
            }
            return new CType.Function(
                    reference(body.get("function")),
                    parameters,
                    Boolean.TRUE.equals(body.get("variadic")));
        }
        return switch (String.valueOf(body.get("kind"))) {
            case "base" ->
                    new CType.Base(
                            name,
                            number(body, "size").orElse(0),
                            constant(BaseKind.class, body.get("encoding"), BaseKind.OTHER));
            case "typedef" -> new CType.Typedef(name, reference(body.get("type")));
            case "enum" -> enumeration(tag(name), body);
            case "struct" -> composite(CompositeKind.STRUCT, tag(name), body);
            case "union" -> composite(CompositeKind.UNION, tag(name), body);
            case "class" -> composite(CompositeKind.CLASS, tag(name), body);
            case "void" -> new CType.VoidType();
            default ->
                    new CType.Unknown(
                            body.get("unknown") instanceof String reason
                                    ? reason
                                    : "an unknown kind of type");
        };
    }

    private static <E extends Enum<E>> E constant(
            Class<E> type, @Nullable Object value, E otherwise) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
                return constant;
            }
        }
        return otherwise;
    }

    private static OptionalLong number(Map<?, ?> body, String key) {
        return body.get(key) instanceof Long value && value >= 0 && value <= LARGEST
                ? OptionalLong.of(value)
                : OptionalLong.empty();
    }

    private static CType enumeration(String tag, Map<?, ?> body) {
        List<Enumerator> enumerators = new ArrayList<>();
        if (body.get("values") instanceof Map<?, ?> values) {
            values.forEach((name, value) -> {
                if (name instanceof String text && value instanceof Long number) {
                    enumerators.add(new Enumerator(text, number));
                }
            });
        }
        return new CType.Enumeration(tag, number(body, "size"), enumerators);
    }

    private CType composite(CompositeKind kind, String tag, Map<?, ?> body) {
        List<Member> members = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        if (body.get("problems") instanceof List<?> list) {
            list.forEach(problem -> problems.add(String.valueOf(problem)));
        }
        if (body.get("members") instanceof List<?> list) {
            for (Object element : list) {
                Member member = element instanceof Map<?, ?> entry ? member(entry) : null;
                if (member == null) {
                    problems.add("a member without offset is left out");
                } else {
                    members.add(member);
                }
            }
        }
        return new CType.Composite(kind, tag, number(body, "size"), members, problems);
    }

    private @Nullable Member member(Map<?, ?> entry) {
        OptionalLong offset = number(entry, "offset");
        long bit = number(entry, "bit").orElse(0);
        long bits = number(entry, "bits").orElse(0);
        if (offset.isEmpty() || bit > 7 || bits > 1 << 16) {
            return null;
        }
        return new Member(
                entry.get("name") instanceof String name ? name : "",
                reference(entry.get("type")),
                8 * offset.getAsLong() + bit,
                (int) bits,
                Boolean.TRUE.equals(entry.get("base")));
    }
}
