package dev.chipray.target;

import dev.chipray.bytes.MemoryReader;

/// Memory of a target that can be read and, where the target allows it, written.
///
/// An address that is not mapped is an answer when reading and a [TargetException] when writing. Methods throw
/// [TargetException] where the link breaks. Used by one thread at a time, unless an implementation says more.
public interface TargetMemory extends MemoryReader {

    /// Writes all of `bytes` to `address`.
    void write(long address, byte[] bytes);

    /// Writes like [#write], remembers what was there, and puts it back when the target is let go.
    void patch(long address, byte[] bytes);
}
