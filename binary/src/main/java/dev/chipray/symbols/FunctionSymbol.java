package dev.chipray.symbols;

/// A function of a program with its place and size.
///
/// @param name its name in the symbol table, mangled for C++
/// @param address its first instruction, without the Thumb bit
/// @param size in bytes, 0 when not known
/// @param section the section it was linked into, empty when not known
public record FunctionSymbol(String name, long address, long size, String section) {}
