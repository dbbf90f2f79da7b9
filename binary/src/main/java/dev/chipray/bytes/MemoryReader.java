package dev.chipray.bytes;

/// Reads the memory of a target, live or recorded; an unmapped address is an answer, not an error.
///
/// Implementations say themselves which threads may call them and what they throw when a link breaks.
@FunctionalInterface
public interface MemoryReader {
    /// Reads up to `length` bytes that start at `address` into `into` from index `offset`, and returns how many of
    /// them, counted from the first, were there: 0 when `address` is not mapped.
    int read(long address, byte[] into, int offset, int length);

    /// Fills `into` from `address` and says whether all of it was there.
    default boolean readFully(long address, byte[] into) {
        return read(address, into, 0, into.length) == into.length;
    }

    /// Memory in which nothing is mapped.
    static MemoryReader empty() {
        return (address, into, offset, length) -> 0;
    }
}
