package dev.chipray.ctype;

import java.util.OptionalLong;

/// A variable of the whole program or of one source file; immutable.
///
/// @param name its name in the source, with C++ namespaces
/// @param linkageName its name for the linker; the same as `name` in C
/// @param type its type
/// @param address where it is, as linked; empty when no place is known
/// @param declaration whether the debug information only declares it; the address is then the linker's symbol
public record CVariable(
        String name,
        String linkageName,
        TypeReference type,
        OptionalLong address,
        boolean declaration) {}
