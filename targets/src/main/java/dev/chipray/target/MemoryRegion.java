package dev.chipray.target;

/// A range of addresses and what is there, as the target tells it.
///
/// @param start  first address
/// @param length bytes
public record MemoryRegion(Kind kind, long start, long length) {

    /// What is at a range of addresses.
    public enum Kind {
        RAM,
        ROM,
        /// Written only by erasing; breakpoints there need hardware.
        FLASH
    }

    /// Whether `address` lies in it.
    public boolean contains(long address) {
        return Long.compareUnsigned(address - start, length) < 0;
    }
}
