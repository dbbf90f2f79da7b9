/// ELF files: what is in them, read lazily and safely.
///
/// Start with [ElfFile]. Source of the facts: the System V ABI (gABI) chapters 4 and 5, and the processor supplements
/// for Arm (AAELF32), RISC-V and Xtensa.
@NullMarked
package dev.chipray.elf;

import org.jspecify.annotations.NullMarked;
