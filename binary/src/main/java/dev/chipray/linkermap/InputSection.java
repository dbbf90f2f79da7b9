package dev.chipray.linkermap;

/// A section of an object file, where the linker put it or, in the list of discarded ones, what it left out.
///
/// @param name its name, such as `.text.gc_alloc`; `COMMON` for common symbols; `*fill*` for padding
/// @param address its address in the output; 0 when discarded
/// @param size its size in bytes
/// @param file the object file, for members of archives as `libc.a(memcpy.o)`; empty for padding
/// @param output the name of the output section; empty when discarded
public record InputSection(String name, long address, long size, String file, String output) {
    /// The name of padding that the linker inserted.
    public static final String FILL = "*fill*";

    /// Whether this is padding.
    public boolean isFill() {
        return name.equals(FILL);
    }

    /// The function or object that a compiler named this section after with `-ffunction-sections` or `-fdata-sections`, empty when there is none.
    public String nameFromSection() {
        return SymbolNames.fromSection(name);
    }
}
