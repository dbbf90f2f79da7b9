package dev.chipray.interpreters.micropython;

/// A pool of interned strings; immutable.
///
/// @param address where the pool's structure is
/// @param first the number of its first string
/// @param length how many strings it has
/// @param capacity how many it has room for
/// @param sorted whether its strings are in order, as pools in ROM are since 1.20
/// @param entries where its array of pointers to strings starts
public record QstrPool(
        long address, long first, int length, long capacity, boolean sorted, long entries) {}
