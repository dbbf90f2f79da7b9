package dev.chipray.dwarf.location;

import dev.chipray.bytes.ByteView;
import java.util.List;
import java.util.Optional;

/// Where an object is at which instructions; immutable.
///
/// @param entries in the order of the file; ranges may overlap, and then all of them are right
/// @param otherwise the expression that holds outside of all ranges
public record LocationList(List<Entry> entries, Optional<ByteView> otherwise) {

    /// An expression and the instructions it holds for.
    ///
    /// @param low the first address
    /// @param high the address after the last one
    /// @param expression its bytes; empty bytes say that the object is nowhere
    public record Entry(long low, long high, ByteView expression) {
        /// Whether it holds at an address.
        public boolean contains(long address) {
            return Long.compareUnsigned(address - low, high - low) < 0;
        }
    }

    public LocationList {
        entries = List.copyOf(entries);
    }

    /// The expression that holds at an address; empty where the object is nowhere.
    public Optional<ByteView> at(long address) {
        for (Entry entry : entries) {
            if (entry.contains(address)) {
                return Optional.of(entry.expression());
            }
        }
        return otherwise;
    }
}
