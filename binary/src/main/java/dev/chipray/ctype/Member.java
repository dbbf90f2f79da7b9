package dev.chipray.ctype;

/// A member of a structure, union or class, or the part that a base class is.
///
/// @param name its name; empty for an anonymous structure or union and for a base class
/// @param type its type
/// @param bitOffset where it starts, in bits from the start of the whole: on little-endian targets counted from the
///     least significant bit of a byte, on big-endian ones from the most significant one
/// @param bitSize the width of a bit field; 0 when it is none
/// @param baseClass whether it is the part of a base class
public record Member(
        String name, TypeReference type, long bitOffset, int bitSize, boolean baseClass) {
    /// The offset in bytes; of a bit field, of the byte with its first bit.
    public long offset() {
        return Math.floorDiv(bitOffset, 8);
    }

    /// The first bit within the byte at [#offset].
    public int bit() {
        return Math.floorMod(bitOffset, 8);
    }

    /// Whether it is a bit field.
    public boolean isBitField() {
        return bitSize > 0;
    }

    /// Whether its members are reached without naming it.
    public boolean isTransparent() {
        return name.isEmpty();
    }
}
