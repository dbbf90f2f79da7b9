package dev.chipray.dwarf;

/// Addresses from `low` up to but not including `high`, as unsigned numbers.
public record AddressRange(long low, long high) {
    /// Whether an address lies in it.
    public boolean contains(long address) {
        return Long.compareUnsigned(address, low) >= 0 && Long.compareUnsigned(address, high) < 0;
    }

    /// How many bytes it spans.
    public long size() {
        return high - low;
    }
}
