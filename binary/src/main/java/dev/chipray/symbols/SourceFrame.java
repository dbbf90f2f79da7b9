package dev.chipray.symbols;

/// One frame of source code at an address: the innermost inlined call, a call it was inlined into, or the function.
///
/// @param function the name as written in the source, empty when not known
/// @param linkageName the name in the symbol table, mangled for C++; equal to `function` where there is no other
/// @param file the path as the compiler recorded it, empty when not known
/// @param line the line, 0 when not known
/// @param column the column, 0 when not known
/// @param discriminator which of several blocks of the line, 0 when there is one
/// @param inlined whether the frame has no address of its own because its code is part of the next frame
/// @param start where the code of the frame starts
public record SourceFrame(
        String function,
        String linkageName,
        String file,
        int line,
        int column,
        int discriminator,
        boolean inlined,
        long start) {}
