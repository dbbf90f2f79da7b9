package dev.chipray.elf;

/// An instruction set, as the `e_machine` field of an ELF header names it; unknown codes stay values.
///
/// @param code the value of `e_machine`
public record ElfMachine(int code) {
    public static final ElfMachine I386 = new ElfMachine(3);
    public static final ElfMachine MIPS = new ElfMachine(8);
    public static final ElfMachine POWERPC = new ElfMachine(20);
    public static final ElfMachine ARM = new ElfMachine(40);
    public static final ElfMachine X86_64 = new ElfMachine(62);
    public static final ElfMachine AVR = new ElfMachine(83);
    public static final ElfMachine XTENSA = new ElfMachine(94);
    public static final ElfMachine AARCH64 = new ElfMachine(183);
    public static final ElfMachine RISCV = new ElfMachine(243);

    @Override
    public String toString() {
        return switch (code) {
            case 3 -> "x86";
            case 8 -> "MIPS";
            case 20 -> "PowerPC";
            case 40 -> "Arm";
            case 62 -> "x86-64";
            case 83 -> "AVR";
            case 94 -> "Xtensa";
            case 183 -> "AArch64";
            case 243 -> "RISC-V";
            default -> "machine " + code;
        };
    }
}
