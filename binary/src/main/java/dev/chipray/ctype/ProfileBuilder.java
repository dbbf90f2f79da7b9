package dev.chipray.ctype;

import dev.chipray.ctype.internal.InterpreterNames;
import dev.chipray.ctype.internal.JsonWriter;
import dev.chipray.ctype.internal.ProfileTypes;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Collects types and variables into a layout profile: their names, offsets, sizes and values, and everything they
/// lead to through members and pointers; for one thread.
public final class ProfileBuilder {
    private final TypeCatalog catalog;
    private final ProfileTypes types = new ProfileTypes();
    private final Map<String, @Nullable Object> variables = new TreeMap<>();
    private final Map<String, @Nullable Object> enumerators = new TreeMap<>();
    private String name = "";
    private String source = "";

    /// A profile of a catalog that has nothing in it yet.
    public ProfileBuilder(TypeCatalog catalog) {
        this.catalog = catalog;
    }

    /// A profile with the structures of the interpreter that the debug information shows; empty when it shows none.
    public static Optional<ProfileBuilder> ofInterpreter(DwarfTypes catalog) {
        ProfileBuilder builder = new ProfileBuilder(catalog);
        return InterpreterNames.addTo(builder, catalog) ? Optional.of(builder) : Optional.empty();
    }

    /// Names the profile.
    public ProfileBuilder name(String text) {
        name = text;
        return this;
    }

    /// Says what the profile is made from.
    public ProfileBuilder source(String text) {
        source = text;
        return this;
    }

    /// Adds the type of a name, when there is one that has a definition.
    public ProfileBuilder addType(String typeName) {
        catalog.type(typeName).ifPresent(types::add);
        return this;
    }

    /// Adds the variable of a name, when there is one: its type, not its address.
    public ProfileBuilder addVariable(String variableName) {
        catalog.variable(variableName)
                .ifPresent(variable ->
                        variables.put(variableName, types.reference(variable.type().get())));
        return this;
    }

    /// Adds a value of an enumeration that has no name.
    public ProfileBuilder addEnumerator(Enumerator enumerator) {
        enumerators.put(enumerator.name(), enumerator.value());
        return this;
    }

    /// The names of the types collected so far.
    public List<String> typeNames() {
        return List.copyOf(types.named().keySet());
    }

    /// The profile as JSON; the same for the same input, in a form that diffs well.
    public String toJson() {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("format", LayoutProfile.FORMAT);
        root.put("version", LayoutProfile.VERSION);
        root.put("name", name);
        root.put("source", source);
        root.put("pointer_size", catalog.target().pointerSize());
        root.put("byte_order", catalog.target().order() == ByteOrder.BIG_ENDIAN ? "big" : "little");
        root.put("variables", variables);
        root.put("enumerators", enumerators);
        root.put("types", types.named());
        return JsonWriter.write(root);
    }
}
