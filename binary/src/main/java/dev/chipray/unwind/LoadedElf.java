package dev.chipray.unwind;

import dev.chipray.elf.ElfFile;

/// An ELF file at its place in a target.
///
/// @param elf the file
/// @param bias what is added to its linked addresses, 0 for firmware
public record LoadedElf(ElfFile elf, long bias) {}
