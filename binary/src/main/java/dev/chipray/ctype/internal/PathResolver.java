package dev.chipray.ctype.internal;

import dev.chipray.ctype.CType;
import dev.chipray.ctype.CVariable;
import dev.chipray.ctype.Member;
import dev.chipray.ctype.Resolution;
import dev.chipray.ctype.TypeCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Follows paths through types; for one thread, once.
public final class PathResolver {
    /// Anonymous structures within anonymous unions nest two or three deep.
    private static final int TRANSPARENT_DEPTH = 16;

    private static final int NAMES_SHOWN = 12;

    private final String path;
    private int at;
    private CType type;
    private long bitOffset;
    private int bitSize;
    private int budget = 100_000;

    private PathResolver(String path, int at, CType type) {
        this.path = path;
        this.at = at;
        this.type = type;
    }

    /// Follows a path from a variable or type of a catalog.
    public static Resolution resolve(TypeCatalog catalog, String text) {
        String path = text.strip();
        int end = 0;
        while (end < path.length()
                && ".[".indexOf(path.charAt(end)) < 0
                && !path.startsWith("->", end)) {
            end++;
        }
        String root = path.substring(0, end).strip();
        Optional<CVariable> variable = catalog.variable(root);
        Optional<CType> type =
                variable.isPresent()
                        ? Optional.of(variable.get().type().get())
                        : catalog.type(root);
        if (type.isEmpty()) {
            return new Resolution.Nowhere(
                    "there is no variable or type of the name \"" + root + "\"");
        }
        OptionalLong base = variable.isPresent() ? variable.get().address() : OptionalLong.empty();
        return new PathResolver(path, end, type.get()).follow(base);
    }

    /// Follows a path from a type; the path starts at its first member's name, `[` or `.`.
    public static Resolution resolve(CType type, String path) {
        boolean bare = !path.isEmpty() && path.charAt(0) != '.' && path.charAt(0) != '[';
        return new PathResolver(bare ? "." + path : path, 0, type).follow(OptionalLong.empty());
    }

    private Resolution follow(OptionalLong base) {
        while (at < path.length()) {
            String problem =
                    path.charAt(at) == '[' ? index() : path.charAt(at) == '.' ? member() : arrow();
            if (problem != null) {
                return new Resolution.Nowhere(problem);
            }
        }
        long offset = Math.floorDiv(bitOffset, 8);
        OptionalLong address =
                base.isPresent()
                        ? OptionalLong.of(base.getAsLong() + offset)
                        : OptionalLong.empty();
        return new Resolution.Place(type, offset, Math.floorMod(bitOffset, 8), bitSize, address);
    }

    private String here() {
        return at == 0 ? "it" : "\"" + path.substring(0, at) + "\"";
    }

    private String arrow() {
        return path.startsWith("->", at)
                ? here()
                        + " is followed by \"->\", which needs the target's memory; a path stays within one object"
                : "\"" + path.substring(at) + "\" is no part of a path";
    }

    private @Nullable String index() {
        int close = path.indexOf(']', at);
        if (close < 0) {
            return "there is no ] after " + here();
        }
        long number;
        try {
            number = Long.decode(path.substring(at + 1, close).strip());
        } catch (NumberFormatException e) {
            return "\"" + path.substring(at, close + 1) + "\" is not a number in brackets";
        }
        if (!(type.stripped() instanceof CType.Array array)) {
            return here() + " is " + type.name() + " and no array";
        }
        if (number < 0 || (array.count().isPresent() && number >= array.count().getAsLong())) {
            return "%s has no element %d; it has %s"
                    .formatted(
                            here(),
                            number,
                            array.count().isPresent() ? array.count().getAsLong() : "none below 0");
        }
        CType element = array.element().get();
        OptionalLong size = element.size();
        if (size.isEmpty()
                || Math.multiplyHigh(number, size.getAsLong()) != 0
                || number * size.getAsLong() < 0
                || number * size.getAsLong() > Long.MAX_VALUE / 16) {
            return "the place of element " + number + " of " + here() + " is not known";
        }
        bitOffset += 8 * number * size.getAsLong();
        bitSize = 0;
        type = element;
        at = close + 1;
        return null;
    }

    private @Nullable String member() {
        int end = at + 1;
        while (end < path.length()
                && ".[".indexOf(path.charAt(end)) < 0
                && !path.startsWith("->", end)) {
            end++;
        }
        String name = path.substring(at + 1, end).strip();
        if (!(type.stripped() instanceof CType.Composite composite)) {
            return here() + " is " + type.name() + " and has no members";
        }
        if (name.isEmpty()) {
            return "a name is missing after " + here();
        }
        if (composite.isIncomplete() && composite.members().isEmpty()) {
            return here() + " is " + type.name() + ", which the debug information only declares";
        }
        Found found = find(composite, name, 0, TRANSPARENT_DEPTH);
        if (found == null) {
            return "%s (%s) has no member \"%s\"; it has %s"
                    .formatted(here(), type.name(), name, names(composite));
        }
        bitOffset += found.bitOffset;
        bitSize = found.member.bitSize();
        type = found.member.type().get();
        at = end;
        return null;
    }

    private record Found(Member member, long bitOffset) {}

    private @Nullable Found find(CType.Composite composite, String name, long start, int depth) {
        for (Member member : composite.members()) {
            if (member.name().equals(name)) {
                return new Found(member, start + member.bitOffset());
            }
        }
        if (depth == 0) {
            return null;
        }
        for (Member member : composite.members()) {
            if (--budget < 0) {
                return null;
            }
            if (member.isTransparent()
                    && member.type().get().stripped() instanceof CType.Composite inner) {
                Found found = find(inner, name, start + member.bitOffset(), depth - 1);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static String names(CType.Composite composite) {
        List<String> names = new ArrayList<>();
        for (Member member : composite.members()) {
            if (names.size() == NAMES_SHOWN) {
                names.add("…");
                break;
            }
            names.add(
                    member.isTransparent()
                            ? "(" + member.type().get().name() + ")"
                            : member.name());
        }
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
