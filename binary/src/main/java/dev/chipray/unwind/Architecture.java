package dev.chipray.unwind;

import dev.chipray.bytes.UnsupportedException;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfMachine;
import java.nio.ByteOrder;

/// What unwinding needs to know of an instruction set and its calling convention; immutable.
///
/// Registers are named by their DWARF numbers, which each architecture's ABI defines. Inside, a frame keeps at most 64
/// registers, in slots.
///
/// @param kind the instruction set
/// @param wordSize bytes of an address, 4 or 8
/// @param order the byte order of data
public record Architecture(Kind kind, int wordSize, ByteOrder order) {
    /// DWARF numbers at or above this one are Arm's special registers by their number in an MRS instruction. The ABI gives
    /// them none, so these come from the range it leaves to vendors.
    private static final int ARM_SPECIAL = 8192;

    /// The main stack pointer of a Cortex-M.
    public static final int ARM_MSP = ARM_SPECIAL + 8;

    /// The process stack pointer of a Cortex-M.
    public static final int ARM_PSP = ARM_SPECIAL + 9;

    /// The address that a RISC-V machine-mode trap interrupted; control and status registers start at 4096.
    public static final int RISCV_MEPC = 4096 + 0x341;

    private static final int ARM_D0 = 256;
    private static final int ARM_D0_SLOT = 16;
    private static final int ARM_DOUBLES = 16;

    /// An instruction set.
    public enum Kind {
        ARM(13, 15, 14, 32),
        RISCV(2, -1, 1, 64),
        X86_64(7, 16, -1, 17),
        XTENSA(1, -1, 0, 16);

        private final int stackPointer;
        private final int programCounter;
        private final int link;
        private final int slots;

        Kind(int stackPointer, int programCounter, int link, int slots) {
            this.stackPointer = stackPointer;
            this.programCounter = programCounter;
            this.link = link;
            this.slots = slots;
        }
    }

    /// The architecture of an ELF file.
    public static Architecture of(ElfFile elf) {
        ElfMachine machine = elf.header().machine();
        Kind kind =
                switch (machine.code()) {
                    case 40 -> Kind.ARM;
                    case 62 -> Kind.X86_64;
                    case 94 -> Kind.XTENSA;
                    case 243 -> Kind.RISCV;
                    default ->
                            throw new UnsupportedException(
                                    "unwinding on " + machine,
                                    "use an ELF file for Arm, RISC-V, x86-64 or Xtensa");
                };
        return new Architecture(kind, elf.header().wordSize(), elf.header().order());
    }

    /// The DWARF number of the stack pointer.
    public int stackPointer() {
        return kind.stackPointer;
    }

    /// The DWARF number by which a [dev.chipray.bytes.RegisterReader] is asked for the program counter. Where the ABI
    /// numbers none, it is 4096 + 0x7b1 on RISC-V (`dpc`, what a debugger sees) and 64 on Xtensa.
    public int programCounter() {
        return switch (kind) {
            case ARM, X86_64 -> kind.programCounter;
            case RISCV -> 4096 + 0x7b1;
            case XTENSA -> 64;
        };
    }

    /// The DWARF number of the register that a call puts the return address into, or -1 where it goes to the stack.
    public int link() {
        return kind.link;
    }

    /// The DWARF number of the register that frames are chained by, where there is such a convention; -1 elsewhere.
    public int framePointer() {
        return switch (kind) {
            case ARM -> 7;
            case RISCV -> 8;
            case X86_64 -> 6;
            case XTENSA -> -1;
        };
    }

    /// How many slots a frame's registers take.
    public int slots() {
        return kind.slots;
    }

    /// The slot of a DWARF register, or -1 when a frame does not keep it.
    public int slot(int register) {
        if (kind == Kind.ARM && register >= ARM_D0 && register < ARM_D0 + ARM_DOUBLES) {
            return register - ARM_D0 + ARM_D0_SLOT;
        }
        int plain = kind == Kind.ARM ? ARM_D0_SLOT : kind.slots;
        return register >= 0 && register < plain ? register : -1;
    }

    /// The DWARF register of a slot.
    public int register(int slot) {
        return kind == Kind.ARM && slot >= ARM_D0_SLOT ? slot - ARM_D0_SLOT + ARM_D0 : slot;
    }

    /// How many bytes a register has when call frame information says that it was stored.
    public int sizeOfSlot(int slot) {
        return kind == Kind.ARM && slot >= ARM_D0_SLOT ? 8 : wordSize;
    }

    /// The bits of an address.
    public long mask() {
        return wordSize == 8 ? -1L : 0xffff_ffffL;
    }

    /// An instruction's address from a value of the program counter, without the bits that say something else.
    public long codeAddress(long value) {
        return switch (kind) {
            case ARM, RISCV -> value & ~1L & mask();
            case X86_64, XTENSA -> value & mask();
        };
    }
}
