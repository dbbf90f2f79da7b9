package dev.chipray.target.image;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfHeader;
import dev.chipray.elf.ElfNote;
import dev.chipray.elf.ElfSegment;
import dev.chipray.hex.MemoryImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads ELF core files; stateless.
///
/// Segments that a core names but does not hold (pages of the program's own file, usually) are not in the memory: they
/// are not zeros. The layout of the notes is that of Linux (`elf_prstatus`, auxiliary vector).
public final class CoreFiles {
    private static final int PRSTATUS = 1;
    private static final int AUXILIARY_VECTOR = 6;
    private static final int AT_ENTRY = 9;

    private CoreFiles() {}

    /// Whether a file is a core file.
    public static boolean isCore(ElfFile file) {
        return file.header().type() == ElfHeader.CORE;
    }

    /// Reads a core file.
    public static TargetImage read(ElfFile core) {
        List<Diagnostic> problems = new ArrayList<>(core.diagnostics());
        MemoryImage memory = memory(core, problems);
        List<ImageThread> threads = new ArrayList<>();
        OptionalLong entry = OptionalLong.empty();
        for (ElfNote note : core.notes()) {
            if (!note.name().equals("CORE")) {
                continue;
            }
            try {
                if (note.type() == PRSTATUS) {
                    thread(core.header(), note.description()).ifPresent(threads::add);
                } else if (note.type() == AUXILIARY_VECTOR) {
                    entry = entry(core.header(), note.description());
                }
            } catch (MalformedException e) {
                problems.add(Diagnostic.of(e));
            }
        }
        return new TargetImage(memory, threads, entry, problems);
    }

    private static MemoryImage memory(ElfFile core, List<Diagnostic> problems) {
        List<ElfSegment> loaded = new ArrayList<>(core.loadedSegments());
        loaded.sort(Comparator.comparingLong(ElfSegment::address));
        List<MemoryImage.Block> blocks = new ArrayList<>();
        long end = 0;
        for (ElfSegment segment : loaded) {
            long there = Math.min(segment.fileSize(), core.bytes().size() - segment.offset());
            if (segment.fileSize() > 0 && there < segment.fileSize()) {
                problems.add(
                        Diagnostic.warning(
                                "segment at 0x%x".formatted(segment.address()),
                                "the core file is cut: %d of %d bytes are missing"
                                        .formatted(
                                                segment.fileSize() - Math.max(there, 0),
                                                segment.fileSize())));
            }
            // What lies in the upper half of the address space is the kernel's page for system
            // calls.
            if (there <= 0 || segment.address() < end || segment.offset() < 0) {
                continue;
            }
            ByteView bytes = core.bytes().slice(segment.offset(), there);
            blocks.add(new MemoryImage.Block(segment.address(), bytes));
            end = segment.address() + there;
        }
        return new MemoryImage(blocks, OptionalLong.empty(), "", List.of());
    }

    private static OptionalLong entry(ElfHeader header, ByteView vector) {
        int word = header.wordSize();
        for (long at = 0; vector.has(at, 2L * word); at += 2L * word) {
            if (vector.unsigned(at, word) == AT_ENTRY) {
                return OptionalLong.of(vector.unsigned(at + word, word));
            }
        }
        return OptionalLong.empty();
    }

    private static Optional<ImageThread> thread(ElfHeader header, ByteView status) {
        return CoreRegisters.of(header.machine(), header.wordSize())
                .map(layout -> layout.read(status, header.wordSize()));
    }
}
