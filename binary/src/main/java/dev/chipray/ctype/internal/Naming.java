package dev.chipray.ctype.internal;

import dev.chipray.ctype.CType;
import dev.chipray.ctype.TypeReference;
import java.util.Locale;
import java.util.StringJoiner;

/// Writes one type as a C declaration does, with pointers, arrays and functions around the declared name.
///
/// Types of broken debug information may contain themselves, so depth and length are limited; what is left out reads
/// `…`.
public final class Naming {
    private static final int DEPTH_LIMIT = 24;

    /// Characters of all names together; a C++ template may fill a few thousand.
    private static final int LENGTH_LIMIT = 20_000;

    private int budget = LENGTH_LIMIT;

    private Naming() {}

    /// The type alone, such as `int (*)(void *)`.
    public static String name(CType type) {
        return declaration(type, "");
    }

    /// A declaration, such as `int (*callback)(void *)`.
    public static String declaration(CType type, String declared) {
        return new Naming().declare(type, declared, 0);
    }

    private String declare(CType type, String inner, int depth) {
        if (depth > DEPTH_LIMIT || budget <= 0) {
            return spaced("…", inner);
        }
        budget -= 8;
        return switch (type) {
            case CType.VoidType() -> spaced("void", inner);
            case CType.Base base ->
                    spaced(base.label().isEmpty() ? "(base type)" : base.label(), inner);
            case CType.Typedef typedef -> spaced(typedef.label(), inner);
            case CType.Composite composite ->
                    spaced(
                            tagged(
                                    composite.kind().name().toLowerCase(Locale.ROOT),
                                    composite.tag()),
                            inner);
            case CType.Enumeration enumeration -> spaced(tagged("enum", enumeration.tag()), inner);
            case CType.Unknown unknown -> spaced("(" + unknown.reason() + ")", inner);
            case CType.Qualified qualified -> qualified(qualified, inner, depth);
            case CType.Pointer pointer -> pointer(pointer, inner, depth);
            case CType.Array array -> {
                String count =
                        array.count().isPresent()
                                ? Long.toUnsignedString(array.count().getAsLong())
                                : "";
                yield declare(array.element().get(), inner + "[" + count + "]", depth + 1);
            }
            case CType.Function function -> function(function, inner, depth);
        };
    }

    private String pointer(CType.Pointer pointer, String inner, int depth) {
        String sign =
                switch (pointer.kind()) {
                    case POINTER -> "*";
                    case REFERENCE -> "&";
                    case RVALUE_REFERENCE -> "&&";
                    case MEMBER -> "::*";
                };
        CType target = pointer.target().get();
        boolean outside = target instanceof CType.Array || target instanceof CType.Function;
        return declare(target, outside ? "(" + sign + inner + ")" : sign + inner, depth + 1);
    }

    private String function(CType.Function function, String inner, int depth) {
        StringJoiner parameters = new StringJoiner(", ", "(", ")");
        for (TypeReference parameter : function.parameters()) {
            if (budget <= 0) {
                parameters.add("…");
                break;
            }
            parameters.add(declare(parameter.get(), "", depth + 1));
        }
        if (function.variadic()) {
            parameters.add("...");
        } else if (function.parameters().isEmpty()) {
            parameters.add("void");
        }
        return declare(function.result().get(), inner + parameters, depth + 1);
    }

    private String qualified(CType.Qualified qualified, String inner, int depth) {
        String word =
                switch (qualified.qualifier()) {
                    case CONST -> "const";
                    case VOLATILE -> "volatile";
                    case RESTRICT -> "restrict";
                    case ATOMIC -> "_Atomic";
                };
        CType target = qualified.target().get();
        if (target instanceof CType.Pointer) {
            // The qualifier of a pointer stands after its star.
            return declare(
                    target,
                    inner.isEmpty() ? " " + word : " " + word + " " + inner.strip(),
                    depth + 1);
        }
        return word + " " + declare(target, inner, depth + 1);
    }

    private static String tagged(String keyword, String tag) {
        return tag.isEmpty() ? keyword + " {…}" : keyword + " " + tag;
    }

    private String spaced(String word, String inner) {
        budget -= word.length();
        String shown = word.length() > LENGTH_LIMIT ? word.substring(0, LENGTH_LIMIT) + "…" : word;
        return inner.isEmpty() ? shown : shown + " " + inner.strip();
    }
}
