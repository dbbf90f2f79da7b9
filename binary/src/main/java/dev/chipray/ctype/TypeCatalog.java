package dev.chipray.ctype;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.ctype.internal.PathResolver;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds types and variables by name, in debug information or in a layout profile; any thread may use it.
///
/// A name may say its kind, `struct _mp_map_t`, or not; then typedefs come before tags. Definitions are preferred to
/// declarations, wherever in the program they are. No lookup throws.
public interface TypeCatalog {
    /// Sizes and byte order of the target.
    TargetLayout target();

    /// The type of a name: its first definition, else its declaration.
    Optional<CType> type(String name);

    /// All definitions of a name that differ in their members, sizes or offsets; more than one when source files use a
    /// name for different things.
    List<CType> types(String name);

    /// The variable of a name.
    Optional<CVariable> variable(String name);

    /// The value of a name in any enumeration.
    OptionalLong enumerator(String name);

    /// What could not be read so far.
    List<Diagnostic> diagnostics();

    /// Follows a path such as `mp_state_ctx.vm.dict_main.map.table` or `struct node.items[2]`, from a variable or else
    /// a type. Members of anonymous structures, unions and of base classes need no step of their own.
    default Resolution resolve(String path) {
        return PathResolver.resolve(this, path);
    }

    /// The offset in bytes that a path leads to, from the start of its root.
    default OptionalLong offset(String path) {
        return resolve(path) instanceof Resolution.Place place
                ? OptionalLong.of(place.offset())
                : OptionalLong.empty();
    }

    /// The address that a path leads to, when it starts at a variable with an address.
    default OptionalLong address(String path) {
        return resolve(path) instanceof Resolution.Place place
                ? place.address()
                : OptionalLong.empty();
    }

    /// The size in bytes of what a path leads to.
    default OptionalLong sizeOf(String path) {
        return resolve(path) instanceof Resolution.Place place
                ? place.type().size()
                : OptionalLong.empty();
    }
}
