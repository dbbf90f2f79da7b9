package dev.chipray.ctype;

import dev.chipray.dwarf.DieOffset;

/// A variable or parameter of a function; immutable.
///
/// @param name its name; empty when it has none
/// @param type its type
/// @param parameter whether it is a parameter
/// @param artificial whether the compiler made it, such as `this`
/// @param entry its entry in the debug information
public record LocalVariable(
        String name, TypeReference type, boolean parameter, boolean artificial, DieOffset entry) {}
