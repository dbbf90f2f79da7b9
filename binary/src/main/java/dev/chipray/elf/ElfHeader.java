package dev.chipray.elf;

import java.nio.ByteOrder;

/// The header of an ELF file.
///
/// @param is64 whether addresses have 64 bits
/// @param order the byte order of all numbers
/// @param type what kind of file it is: one of the constants, or a number of its own
/// @param machine the instruction set
/// @param osAbi the operating system code of `e_ident`
/// @param flags the processor's flags
/// @param entry the entry point, on Arm with the Thumb bit
public record ElfHeader(
        boolean is64,
        ByteOrder order,
        int type,
        ElfMachine machine,
        int osAbi,
        long flags,
        long entry) {
    public static final int RELOCATABLE = 1;
    public static final int EXECUTABLE = 2;
    public static final int SHARED = 3;
    public static final int CORE = 4;

    /// The size of an address, 4 or 8.
    public int wordSize() {
        return is64 ? 8 : 4;
    }
}
