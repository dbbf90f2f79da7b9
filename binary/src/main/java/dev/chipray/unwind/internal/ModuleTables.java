package dev.chipray.unwind.internal;

import dev.chipray.elf.ElfFile;
import dev.chipray.unwind.Architecture;
import dev.chipray.unwind.internal.cfi.CfiTable;
import dev.chipray.unwind.internal.exidx.ExidxTable;
import dev.chipray.unwind.internal.prologue.PrologueReader;
import dev.chipray.unwind.internal.prologue.RiscvPrologue;
import dev.chipray.unwind.internal.prologue.ThumbPrologue;
import dev.chipray.unwind.internal.prologue.X86Prologue;
import dev.chipray.unwind.internal.prologue.XtensaPrologue;

/// All that one ELF file says about unwinding; immutable but for its cache, for any thread.
public final class ModuleTables {
    private final long bias;
    private final CodeMap code;
    private final CfiTable cfi;
    private final ExidxTable exidx;
    private final PrologueReader prologue;

    /// Reads the tables of a file that is loaded with a bias.
    public ModuleTables(ElfFile elf, long bias, Architecture architecture) {
        this.bias = bias;
        this.code = new CodeMap(elf);
        this.cfi = new CfiTable(elf);
        this.exidx = ExidxTable.of(elf);
        this.prologue =
                switch (architecture.kind()) {
                    case ARM -> new ThumbPrologue();
                    case RISCV -> new RiscvPrologue(architecture.wordSize());
                    case X86_64 -> new X86Prologue();
                    case XTENSA -> new XtensaPrologue();
                };
    }

    /// What is added to linked addresses.
    public long bias() {
        return bias;
    }

    /// Where the code is, in linked addresses.
    public CodeMap code() {
        return code;
    }

    /// Call frame information, in linked addresses.
    public CfiTable cfi() {
        return cfi;
    }

    /// Arm's tables, in linked addresses.
    public ExidxTable exidx() {
        return exidx;
    }

    /// The reader of this architecture's prologues.
    public PrologueReader prologue() {
        return prologue;
    }
}
