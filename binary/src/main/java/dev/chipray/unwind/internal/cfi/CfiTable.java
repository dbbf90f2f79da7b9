package dev.chipray.unwind.internal.cfi;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSymbolTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// The call frame information of an ELF file; any thread may use it. The last rows that were decoded are kept by address,
/// so that a stack whose functions were seen before is unwound without reading instructions again.
public final class CfiTable {
    private static final int CACHE = 4096;

    private final List<FrameSection> sections = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final AtomicReferenceArray<@Nullable CfiRow> cache = new AtomicReferenceArray<>(CACHE);

    /// Indexes `.debug_frame`, which is asked first, and `.eh_frame`.
    public CfiTable(ElfFile elf) {
        LongPredicate isAlive = address -> hasFunction(elf.symbols(), address);
        add(elf, ".debug_frame", false, isAlive);
        add(elf, ".eh_frame", true, isAlive);
    }

    private void add(ElfFile elf, String name, boolean exceptions, LongPredicate isAlive) {
        try {
            elf.contents(name)
                    .ifPresent(bytes -> {
                        long address = elf.section(name).map(s -> s.address()).orElse(0L);
                        FrameSection section =
                                new FrameSection(bytes.onHeap(), exceptions, address, isAlive);
                        sections.add(section);
                        diagnostics.addAll(section.diagnostics());
                    });
        } catch (MalformedException e) {
            diagnostics.add(Diagnostic.of(e));
        }
    }

    private static boolean hasFunction(ElfSymbolTable symbols, long address) {
        for (int i = 1; i < symbols.size(); i++) {
            if (symbols.address(i) == address && symbols.get(i).isFunction()) {
                return true;
            }
        }
        return false;
    }

    /// Trouble in single entries.
    public List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    /// The sections that are there.
    public List<FrameSection> sections() {
        return List.copyOf(sections);
    }

    /// The rules at an address, or null when no section has any or they are broken.
    public @Nullable CfiRow row(long address) {
        int slot = (int) (((address >>> 1) * 0x9E3779B1L) >>> 7) & (CACHE - 1);
        CfiRow cached = cache.get(slot);
        if (cached != null && cached.contains(address)) {
            return cached;
        }
        for (FrameSection section : sections) {
            FrameSection.Description description = section.find(address);
            if (description != null) {
                CfiRow row = decode(section, description, address);
                if (row != null) {
                    cache.set(slot, row);
                    return row;
                }
            }
        }
        return null;
    }

    private static @Nullable CfiRow decode(
            FrameSection section, FrameSection.Description description, long address) {
        CfiRow[] found = new CfiRow[1];
        try {
            new CfiProgram(
                            section,
                            description,
                            row -> {
                                if (row.contains(address)) {
                                    found[0] = row;
                                }
                                return found[0] == null;
                            })
                    .run();
        } catch (MalformedException _) {
            // What was decoded before the broken instruction stands.
        }
        return found[0];
    }

    /// All rows of a description, in the order of addresses.
    ///
    /// Throws [MalformedException] when its instructions are broken.
    public static List<CfiRow> rows(FrameSection section, FrameSection.Description description) {
        List<CfiRow> rows = new ArrayList<>();
        new CfiProgram(section, description, rows::add).run();
        return rows;
    }
}
