package dev.chipray.ctype;

import java.util.OptionalLong;

/// Where a path leads, or why it leads nowhere.
public sealed interface Resolution {
    /// A place in a type or variable.
    ///
    /// @param type what is there
    /// @param offset its offset in bytes from the start of the path's root
    /// @param bit the first bit within that byte; 0 unless it is a bit field
    /// @param bitSize the width of a bit field; 0 when it is none
    /// @param address its address when the path starts at a variable with an address
    record Place(CType type, long offset, int bit, int bitSize, OptionalLong address)
            implements Resolution {}

    /// A path that leads nowhere.
    ///
    /// @param reason a sentence for the user: what is not there and what is
    record Nowhere(String reason) implements Resolution {}
}
