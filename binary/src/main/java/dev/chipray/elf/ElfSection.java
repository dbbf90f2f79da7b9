package dev.chipray.elf;

/// A section header; [ElfFile#contents] reads what it describes.
///
/// @param index its place in the table
/// @param name its name, empty when the name table is broken
/// @param type one of the constants, or a number of its own
/// @param flags see the constants
/// @param address where it is linked, 0 when it is not loaded
/// @param offset where its bytes are in the file
/// @param size how many bytes it has, in the file as well unless it is [#NOBITS]
/// @param link the index of a section it needs
/// @param info depends on the type
/// @param alignment a power of two, or 0
/// @param entrySize the size of an element of a table, or 0
public record ElfSection(
        int index,
        String name,
        int type,
        long flags,
        long address,
        long offset,
        long size,
        int link,
        long info,
        long alignment,
        long entrySize) {
    public static final int PROGBITS = 1;
    public static final int SYMTAB = 2;
    public static final int STRTAB = 3;
    public static final int NOTE = 7;
    public static final int NOBITS = 8;
    public static final int DYNSYM = 11;
    public static final int SYMTAB_SHNDX = 18;

    public static final long WRITE = 1;
    public static final long ALLOC = 2;
    public static final long EXECINSTR = 4;
    public static final long TLS = 0x400;
    public static final long COMPRESSED = 0x800;

    /// Whether all bits of `flag` are set.
    public boolean has(long flag) {
        return (flags & flag) == flag;
    }

    /// Whether it has a place in the target's memory.
    public boolean isAllocated() {
        return has(ALLOC);
    }

    /// Whether it holds instructions.
    public boolean isCode() {
        return has(ALLOC | EXECINSTR);
    }

    /// Whether an address lies in its place in the target's memory.
    public boolean contains(long target) {
        return isAllocated() && !has(TLS) && Long.compareUnsigned(target - address, size) < 0;
    }
}
