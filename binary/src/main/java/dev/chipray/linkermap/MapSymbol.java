package dev.chipray.linkermap;

/// A name with an address.
///
/// @param name the name as the map gives it
/// @param address its address
/// @param kind how the map tells of it
/// @param section the name of the input section that holds it, empty when none does
/// @param file the object file that defines it, empty for names from the linker script
/// @param size its size in bytes when the map tells it, -1 when not: maps give sizes of sections only
public record MapSymbol(
        String name, long address, Kind kind, String section, String file, long size) {

    /// How a map tells of a symbol.
    public enum Kind {
        /// A global symbol of an object file, listed below its section.
        LISTED,
        /// Named only by its section, `.text.name`; a static function or object of the same name, most of the time.
        FROM_SECTION,
        /// A common symbol.
        COMMON,
        /// A value that the linker script assigns, `name = value`, PROVIDE included.
        ASSIGNED
    }

    /// The name in the source: without the suffixes that optimisers add, such as `.lto_priv.0` or `.constprop.1`.
    public String sourceName() {
        return SymbolNames.sourceName(name);
    }
}
