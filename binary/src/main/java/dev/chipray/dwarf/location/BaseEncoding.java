package dev.chipray.dwarf.location;

/// How a base type uses its bits, as far as expressions compute with it.
///
/// @param size in bytes
/// @param encoding a `DW_ATE` code
public record BaseEncoding(int size, int encoding) {
    private static final int FLOAT = 4;
    private static final int SIGNED = 5;
    private static final int SIGNED_CHAR = 6;
    private static final int SIGNED_FIXED = 0xd;

    /// Whether it is a float or a double.
    public boolean isFloat() {
        return encoding == FLOAT;
    }

    /// Whether its top bit is a sign.
    public boolean isSigned() {
        return encoding == SIGNED || encoding == SIGNED_CHAR || encoding == SIGNED_FIXED;
    }
}
