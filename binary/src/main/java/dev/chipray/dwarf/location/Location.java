package dev.chipray.dwarf.location;

import dev.chipray.bytes.ByteView;
import java.util.List;

/// Where an object, or a piece of one, is at a moment; immutable.
public sealed interface Location {

    /// In memory.
    ///
    /// @param address its first byte
    record InMemory(long address) implements Location {}

    /// In a register of the frame.
    ///
    /// @param register the DWARF number
    record InRegister(int register) implements Location {}

    /// Nowhere, but its value is known.
    ///
    /// @param bits the value, zero-extended to 64 bits; a float or a double by its bits
    /// @param size how many bytes of it count
    record Value(long bits, int size) implements Location {}

    /// Nowhere, but its bytes are known.
    ///
    /// @param bytes in the target's byte order
    record Bytes(ByteView bytes) implements Location {}

    /// A pointer that is nowhere, to an object that may be nowhere too but is described.
    ///
    /// @param entryOffset the offset in .debug_info of the entry of what it points to
    /// @param byteOffset where in that object it points
    record ImplicitPointer(long entryOffset, long byteOffset) implements Location {}

    /// Nowhere: the compiler needed it no longer.
    record OptimizedOut() implements Location {}

    /// In pieces, from the object's first byte on.
    ///
    /// @param pieces at least one
    record Composite(List<Piece> pieces) implements Location {
        public Composite {
            pieces = List.copyOf(pieces);
        }
    }

    /// A piece of an object.
    ///
    /// @param location where it is, never a composite
    /// @param bitSize its size in bits
    /// @param bitOffset where in the location it starts, in bits, from the least significant one of a register
    record Piece(Location location, long bitSize, long bitOffset) {}
}
