package dev.chipray.heap;

/// A contiguous part of a heap.
///
/// @param start the address of its first block
/// @param blocks how many blocks it has
/// @param blockSize bytes in a block
public record HeapArea(long start, int blocks, int blockSize) {}
