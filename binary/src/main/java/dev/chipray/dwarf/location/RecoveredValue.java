package dev.chipray.dwarf.location;

import dev.chipray.bytes.ByteView;

/// The bytes of a value, of which some bits may be unknown; immutable.
///
/// @param bytes in the target's byte order; unknown bits are 0
/// @param known a mask of the same size: a bit is set where the value's bit is known
/// @param reason why not everything is known, empty when it is
public record RecoveredValue(ByteView bytes, ByteView known, String reason) {
    /// Whether every bit is known.
    public boolean isComplete() {
        return reason.isEmpty();
    }

    /// Whether no bit is known.
    public boolean isUnknown() {
        for (long i = 0; i < known.size(); i++) {
            if (known.u8(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
