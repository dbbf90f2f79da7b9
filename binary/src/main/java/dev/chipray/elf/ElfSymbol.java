package dev.chipray.elf;

/// A symbol of an ELF file.
///
/// @param name its name, mangled if it is
/// @param value the value as it is in the file, on Arm with the Thumb bit
/// @param address the value without the Thumb bit
/// @param size in bytes, 0 when it is not known
/// @param type see the constants
/// @param binding see the constants
/// @param section the index of its section, 0 when undefined, [#ABSOLUTE], or another reserved number
/// @param thumb whether it is a function in Thumb code
public record ElfSymbol(
        String name,
        long value,
        long address,
        long size,
        int type,
        int binding,
        int section,
        boolean thumb) {
    public static final int NOTYPE = 0;
    public static final int OBJECT = 1;
    public static final int FUNCTION = 2;
    public static final int SECTION = 3;
    public static final int FILE = 4;
    public static final int COMMON = 5;
    public static final int TLS = 6;
    public static final int INDIRECT_FUNCTION = 10;

    public static final int LOCAL = 0;
    public static final int GLOBAL = 1;
    public static final int WEAK = 2;

    public static final int UNDEFINED = 0;
    public static final int ABSOLUTE = 0xfff1;

    /// Whether it is code that can be called.
    public boolean isFunction() {
        return type == FUNCTION || type == INDIRECT_FUNCTION;
    }

    /// Whether it is a variable.
    public boolean isObject() {
        return type == OBJECT;
    }

    /// Whether it has an address or value of its own.
    public boolean isDefined() {
        return section != UNDEFINED;
    }
}
