package dev.chipray.ctype;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.UnsupportedException;
import dev.chipray.ctype.internal.JsonReader;
import dev.chipray.ctype.internal.ProfileReader;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/// The types of a named interpreter version, from data that [ProfileBuilder] wrote; immutable, and any thread may use it.
///
/// Stands in for debug information where a firmware has none. Variables have types but no addresses: those come from
/// a linker map or a symbol table.
public final class LayoutProfile implements TypeCatalog {
    /// What the file's `format` member says.
    public static final String FORMAT = "chipray-layout-profile";

    /// The newest version of the format that is read; the only one so far.
    public static final int VERSION = 1;

    private static final long LARGEST_FILE = 64L << 20;

    private final String name;
    private final String source;
    private final TargetLayout target;
    private final ProfileReader types;
    private final TreeSet<String> typeNames = new TreeSet<>();
    private final Map<String, CVariable> variables = new HashMap<>();
    private final Map<String, Long> enumerators;

    private LayoutProfile(Map<?, ?> root, TargetLayout target) {
        this.target = target;
        this.name = text(root, "name");
        this.source = text(root, "source");
        Map<?, ?> named = root.get("types") instanceof Map<?, ?> map ? map : Map.of();
        named.keySet().forEach(key -> typeNames.add(String.valueOf(key)));
        types = new ProfileReader(named);
        enumerators = types.enumerators();
        if (root.get("enumerators") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value instanceof Long number) {
                    enumerators.putIfAbsent(String.valueOf(key), number);
                }
            });
        }
        if (root.get("variables") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String variable = String.valueOf(key);
                variables.put(
                        variable,
                        new CVariable(
                                variable,
                                variable,
                                types.reference(value),
                                OptionalLong.empty(),
                                true));
            });
        }
    }

    private static String text(Map<?, ?> root, String key) {
        return root.get(key) instanceof String value ? value : "";
    }

    /// Reads a profile from a file.
    public static LayoutProfile read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new MalformedException(
                    file.toString(), 0, "larger than any layout profile", Files.size(file));
        }
        return parse(Files.readString(file), file.toString());
    }

    /// Reads a profile from its text; `name` is for messages. Throws [MalformedException] for a text that is no
    /// profile and [UnsupportedException] for a newer version of the format.
    public static LayoutProfile parse(String text, String name) {
        if (!(JsonReader.read(text, name) instanceof Map<?, ?> root)
                || !FORMAT.equals(root.get("format"))) {
            throw new MalformedException(
                    name, 0, "not a layout profile: no \"format\": \"" + FORMAT + "\"", 0);
        }
        if (!(root.get("version") instanceof Long version) || version < 1) {
            throw new MalformedException(name, 0, "layout profile without version", 0);
        }
        if (version > VERSION) {
            throw new UnsupportedException(
                    "%s: version %d of the layout profile format".formatted(name, version),
                    "This release reads version "
                            + VERSION
                            + "; use a newer one or write the profile again.");
        }
        long pointerSize = root.get("pointer_size") instanceof Long size ? size : 0;
        if (pointerSize < 1 || pointerSize > 8) {
            throw new MalformedException(
                    name, 0, "layout profile with an impossible pointer_size", pointerSize);
        }
        ByteOrder order =
                "big".equals(root.get("byte_order"))
                        ? ByteOrder.BIG_ENDIAN
                        : ByteOrder.LITTLE_ENDIAN;
        return new LayoutProfile(root, new TargetLayout((int) pointerSize, order));
    }

    /// What the profile is called, such as `MicroPython 1.9.2, micro:bit`; empty when it has no name.
    public String name() {
        return name;
    }

    /// What it was made from; empty when it does not say.
    public String source() {
        return source;
    }

    /// The names of all types, tags with their keyword, in order.
    public List<String> typeNames() {
        return List.copyOf(typeNames);
    }

    @Override
    public TargetLayout target() {
        return target;
    }

    @Override
    public Optional<CType> type(String query) {
        String text = query.strip();
        CType exact = types.named(text);
        if (exact != null) {
            return Optional.of(exact);
        }
        for (String keyword : List.of("struct ", "union ", "class ", "enum ")) {
            // C++ programs may call a class a structure.
            boolean given = text.startsWith(keyword) && keyword.equals("struct ");
            CType tagged = types.named(given ? "class " + text.substring(7) : keyword + text);
            if (tagged != null) {
                return Optional.of(tagged);
            }
        }
        return Optional.empty();
    }

    @Override
    public List<CType> types(String query) {
        return type(query).map(List::of).orElse(List.of());
    }

    @Override
    public Optional<CVariable> variable(String query) {
        return Optional.ofNullable(variables.get(query));
    }

    @Override
    public OptionalLong enumerator(String query) {
        Long value = enumerators.get(query);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    @Override
    public List<Diagnostic> diagnostics() {
        return List.of();
    }
}
