package dev.chipray.elf;

/// A program header: a piece of the file that is loaded, or a part of one with a meaning.
///
/// @param index its place in the table
/// @param type one of the constants, or a number of its own
/// @param flags see the constants
/// @param offset where its bytes are in the file
/// @param address where it is while the program runs
/// @param physicalAddress where it is loaded: for initialised data of a microcontroller, its copy in flash
/// @param fileSize how many bytes are in the file
/// @param memorySize how many bytes there are in memory
/// @param alignment a power of two, or 0
public record ElfSegment(
        int index,
        int type,
        int flags,
        long offset,
        long address,
        long physicalAddress,
        long fileSize,
        long memorySize,
        long alignment) {
    public static final int LOAD = 1;
    public static final int DYNAMIC = 2;
    public static final int NOTE = 4;
    public static final int TLS = 7;
    public static final int ARM_EXIDX = 0x7000_0001;

    public static final int EXECUTE = 1;
    public static final int WRITE = 2;
    public static final int READ = 4;

    /// Whether it is loaded into memory.
    public boolean isLoaded() {
        return type == LOAD;
    }

    /// Whether an address lies in it while the program runs.
    public boolean contains(long target) {
        return Long.compareUnsigned(target - address, memorySize) < 0;
    }
}
