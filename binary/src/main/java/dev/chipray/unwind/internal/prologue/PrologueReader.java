package dev.chipray.unwind.internal.prologue;

import dev.chipray.bytes.MemoryReader;

/// Reads a function's instructions from its first one to an address.
///
/// Follows no branches: an epilogue in the middle of a function is recognised by its return, after which the frame counts as
/// set up again. Bytes that are missing end the reading.
public interface PrologueReader {
    /// The most bytes of a function that are read; larger functions keep what their first part did.
    int MOST_BYTES = 1 << 16;

    /// What the instructions of the function at `start` did when `pc` is the next one to be executed.
    Effects read(MemoryReader code, long start, long pc);
}
