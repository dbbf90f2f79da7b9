package dev.chipray.target.image;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSection;
import dev.chipray.elf.ElfSegment;
import dev.chipray.hex.MemoryImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/// The memory that a program cannot change, as its ELF file has it; stateless.
///
/// Initial values of variables are left out on purpose: what a dump lacks of RAM is unknown, not initial.
public final class FirmwareRom {
    private FirmwareRom() {}

    /// The constant memory of a program that runs `bias` bytes above the addresses it was linked at.
    public static MemoryReader of(ElfFile file, long bias) {
        List<MemoryImage.Block> found = new ArrayList<>();
        for (ElfSection section : file.sections()) {
            if (section.isAllocated()
                    && !section.has(ElfSection.WRITE)
                    && section.type() != ElfSection.NOBITS
                    && section.size() > 0
                    && file.bytes().has(section.offset(), section.size())) {
                found.add(
                        new MemoryImage.Block(
                                section.address(),
                                file.bytes().slice(section.offset(), section.size())));
            }
        }
        if (file.sections().isEmpty()) {
            addSegments(file, found);
        }
        found.sort(Comparator.comparingLong(MemoryImage.Block::address));
        List<MemoryImage.Block> apart = new ArrayList<>();
        long end = 0;
        for (MemoryImage.Block block : found) {
            if (block.address() >= end) {
                apart.add(block);
                end = block.end();
            }
        }
        MemoryImage image = new MemoryImage(apart, OptionalLong.empty(), "", List.of());
        return (address, into, offset, length) -> image.read(address - bias, into, offset, length);
    }

    private static void addSegments(ElfFile file, List<MemoryImage.Block> found) {
        for (ElfSegment segment : file.loadedSegments()) {
            if ((segment.flags() & ElfSegment.WRITE) == 0
                    && segment.fileSize() > 0
                    && file.bytes().has(segment.offset(), segment.fileSize())) {
                found.add(
                        new MemoryImage.Block(
                                segment.address(),
                                file.bytes().slice(segment.offset(), segment.fileSize())));
            }
        }
    }
}
