package dev.chipray.interpreters.micropython;

/// The figures that a device prints with `micropython.mem_info()`, computed as it computes them.
///
/// A collection that is under way counts as there: a marked block is neither used nor free.
///
/// @param total bytes in all pools
/// @param used bytes of used blocks
/// @param free bytes of free blocks
/// @param oneBlocks allocations of one block
/// @param twoBlocks allocations of two blocks
/// @param largestAllocation blocks of the largest allocation
/// @param largestFree blocks of the largest free run
public record GcFigures(
        long total,
        long used,
        long free,
        int oneBlocks,
        int twoBlocks,
        int largestAllocation,
        int largestFree) {}
