package dev.chipray.linkermap;

/// A named range of memory from the linker script's MEMORY command.
///
/// @param name its name, such as `FLASH`
/// @param origin its first address
/// @param length its size in bytes, unsigned: the region `*default*` spans the whole address space
/// @param attributes the letters of its attributes, such as `xr`; empty when it has none
public record MemoryRegion(String name, long origin, long length, String attributes) {
    /// Whether an address lies in the region.
    public boolean contains(long address) {
        return Long.compareUnsigned(address - origin, length) < 0;
    }
}
