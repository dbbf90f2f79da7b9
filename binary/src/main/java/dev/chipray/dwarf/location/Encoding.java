package dev.chipray.dwarf.location;

/// The sizes that a unit's expressions are written with.
///
/// @param addressSize bytes of an address, 1 to 8
/// @param offsetSize bytes of a reference into another section, 4 or 8
/// @param version of DWARF
public record Encoding(int addressSize, int offsetSize, int version) {
    public Encoding {
        if (addressSize < 1 || addressSize > 8) {
            throw new IllegalArgumentException("address size " + addressSize);
        }
        if (offsetSize != 4 && offsetSize != 8) {
            throw new IllegalArgumentException("offset size " + offsetSize);
        }
    }

    /// The bits of an address.
    public long addressMask() {
        return addressSize == 8 ? -1L : (1L << (8 * addressSize)) - 1;
    }
}
