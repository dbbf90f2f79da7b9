package dev.chipray.ctype.internal;

import dev.chipray.ctype.CType;
import dev.chipray.ctype.Enumerator;
import dev.chipray.ctype.Member;
import dev.chipray.ctype.TypeReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns types into the JSON values of a layout profile, each named type once with everything it leads to; for one
/// thread.
///
/// A named type stands as its name, with `struct`, `union`, `class` or `enum` before a tag; every other type as an
/// object.
public final class ProfileTypes {
    /// Far above what an interpreter's structures lead to.
    private static final int TYPE_LIMIT = 20_000;

    private static final int DEPTH_LIMIT = 32;

    private final Map<String, @Nullable Object> named = new TreeMap<>();
    private final ArrayDeque<CType> waiting = new ArrayDeque<>();

    /// Adds a type and all that it leads to.
    public void add(CType type) {
        reference(type, 0);
        while (!waiting.isEmpty()) {
            CType next = waiting.remove();
            named.put(key(next), body(next, 0));
        }
    }

    /// The named types, by name.
    public Map<String, @Nullable Object> named() {
        return named;
    }

    /// The value that stands for a type.
    public Object reference(CType type) {
        Object value = reference(type, 0);
        add(type);
        return value;
    }

    private static String key(CType type) {
        return switch (type) {
            case CType.Base base -> base.label();
            case CType.Typedef typedef -> typedef.label();
            case CType.Composite composite ->
                    composite.tag().isEmpty()
                            ? ""
                            : composite.kind().name().toLowerCase(Locale.ROOT)
                                    + " "
                                    + composite.tag();
            case CType.Enumeration enumeration ->
                    enumeration.tag().isEmpty() ? "" : "enum " + enumeration.tag();
            case CType.VoidType() -> "void";
            case CType.Pointer _,
                    CType.Array _,
                    CType.Qualified _,
                    CType.Function _,
                    CType.Unknown _ ->
                    "";
        };
    }

    private Object reference(CType type, int depth) {
        String key = key(type);
        if (key.isEmpty()) {
            return body(type, depth);
        }
        if (!(type instanceof CType.VoidType)
                && !named.containsKey(key)
                && named.size() < TYPE_LIMIT) {
            named.put(key, null);
            waiting.add(type);
        }
        return key;
    }

    private Object reference(TypeReference reference, int depth) {
        return depth > DEPTH_LIMIT
                ? Map.of("unknown", "nested too deep")
                : reference(reference.get(), depth + 1);
    }

    private Object body(CType type, int depth) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        switch (type) {
            case CType.VoidType() -> value.put("kind", "void");
            case CType.Base base -> {
                value.put("kind", "base");
                value.put("size", base.bytes());
                value.put("encoding", base.kind().name().toLowerCase(Locale.ROOT));
            }
            case CType.Typedef typedef -> {
                value.put("kind", "typedef");
                value.put("type", reference(typedef.target(), depth));
            }
            case CType.Pointer pointer -> {
                value.put(
                        pointer.kind().name().toLowerCase(Locale.ROOT),
                        reference(pointer.target(), depth));
                value.put("size", pointer.bytes());
            }
            case CType.Array array -> {
                value.put("array", reference(array.element(), depth));
                array.count().ifPresent(count -> value.put("count", count));
            }
            case CType.Qualified qualified ->
                    value.put(
                            qualified.qualifier().name().toLowerCase(Locale.ROOT),
                            reference(qualified.target(), depth));
            case CType.Function function -> {
                value.put("function", reference(function.result(), depth));
                List<Object> parameters = new ArrayList<>();
                function.parameters()
                        .forEach(parameter -> parameters.add(reference(parameter, depth)));
                value.put("parameters", parameters);
                if (function.variadic()) {
                    value.put("variadic", true);
                }
            }
            case CType.Composite composite -> composite(composite, value, depth);
            case CType.Enumeration enumeration -> {
                value.put("kind", "enum");
                enumeration.bytes().ifPresent(size -> value.put("size", size));
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                for (Enumerator enumerator : enumeration.enumerators()) {
                    values.put(enumerator.name(), enumerator.value());
                }
                value.put("values", values);
            }
            case CType.Unknown unknown -> value.put("unknown", unknown.reason());
        }
        return value;
    }

    private void composite(
            CType.Composite composite, Map<String, @Nullable Object> value, int depth) {
        value.put("kind", composite.kind().name().toLowerCase(Locale.ROOT));
        composite.bytes().ifPresent(size -> value.put("size", size));
        List<Object> members = new ArrayList<>();
        for (Member member : composite.members()) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            if (!member.name().isEmpty()) {
                entry.put("name", member.name());
            }
            entry.put("offset", member.offset());
            if (member.bit() != 0) {
                entry.put("bit", member.bit());
            }
            if (member.isBitField()) {
                entry.put("bits", member.bitSize());
            }
            if (member.baseClass()) {
                entry.put("base", true);
            }
            entry.put("type", reference(member.type(), depth));
            members.add(entry);
        }
        value.put("members", members);
        if (!composite.problems().isEmpty()) {
            value.put("problems", new ArrayList<Object>(composite.problems()));
        }
    }
}
