package dev.chipray.heap;

/// A place outside of the heap that holds an object.
///
/// @param kind where it is
/// @param name its path as a programmer would write it
/// @param address where the pointer is stored; 0 for a register
/// @param target the object
public record HeapRoot(RootKind kind, String name, long address, int target) {}
