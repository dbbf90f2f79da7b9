package dev.chipray.elf;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.elf.internal.ElfReader;
import dev.chipray.elf.internal.Inflation;
import dev.chipray.elf.internal.NoteReader;
import dev.chipray.elf.internal.SegmentMemory;
import dev.chipray.elf.internal.SymbolReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// An ELF executable, shared object or core file; any thread may use it. Headers are read on opening, everything else
/// when it is asked for.
///
/// Throws [MalformedException] for a file that is no ELF or whose headers lie outside it, and [UnsupportedException]
/// for a relocatable file. A single broken section is a diagnostic and throws only when its contents are asked for.
public final class ElfFile {
    private final ByteView bytes;
    private final ElfHeader header;
    private final List<ElfSection> sections;
    private final List<ElfSegment> segments;
    private final List<Diagnostic> diagnostics;
    private final Map<String, ElfSection> byName = new HashMap<>();
    private final Map<Integer, ByteView> inflated = new ConcurrentHashMap<>();
    private volatile @Nullable ElfSymbolTable symbols;
    private volatile @Nullable List<ElfNote> notes;

    private ElfFile(ElfReader reader) {
        bytes = reader.bytes();
        header = reader.header();
        sections = List.copyOf(reader.sections());
        segments = List.copyOf(reader.segments());
        diagnostics = List.copyOf(reader.diagnostics());
        for (ElfSection section : sections) {
            byName.putIfAbsent(section.name(), section);
        }
    }

    /// Opens a file, copying it when it is small and mapping it when it is large.
    public static ElfFile open(Path file) throws IOException {
        return of(ByteView.open(file));
    }

    /// Reads the headers of an ELF image; its byte order and word size come from the header.
    public static ElfFile of(ByteView bytes) {
        return new ElfFile(new ElfReader(bytes));
    }

    /// The whole file, in its byte order and word size.
    public ByteView bytes() {
        return bytes;
    }

    /// The header.
    public ElfHeader header() {
        return header;
    }

    /// All sections by index; the first one is the null section. Empty when the file has none.
    public List<ElfSection> sections() {
        return sections;
    }

    /// The first section of a name.
    public Optional<ElfSection> section(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// All segments.
    public List<ElfSegment> segments() {
        return segments;
    }

    /// Trouble in parts of the headers.
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /// The bytes of a section, inflated when they are compressed; empty for a section without bytes in the file. The
    /// view is named after the section.
    public ByteView contents(ElfSection section) {
        if (section.type() == ElfSection.NOBITS || section.size() == 0) {
            return ByteView.of(new byte[0], section.name()).as(header.order(), header.wordSize());
        }
        if (!section.has(ElfSection.COMPRESSED) && !section.name().startsWith(".zdebug")) {
            return bytes.slice(section.offset(), section.size(), section.name());
        }
        return inflated.computeIfAbsent(
                section.index(),
                index ->
                        Inflation.inflate(
                                bytes.slice(section.offset(), section.size(), section.name()),
                                section));
    }

    /// The bytes of the section of a name, or of its old compressed form (`.zdebug_info` for `.debug_info`).
    public Optional<ByteView> contents(String name) {
        ElfSection section = byName.get(name);
        if (section == null && name.startsWith(".debug")) {
            section = byName.get(".z" + name.substring(1));
        }
        return Optional.ofNullable(section).map(this::contents);
    }

    /// The symbols of `.symtab`, or of `.dynsym` when that is all there is; empty when there are none.
    public ElfSymbolTable symbols() {
        ElfSymbolTable table = symbols;
        if (table == null) {
            table = SymbolReader.read(this);
            symbols = table;
        }
        return table;
    }

    /// All notes, from segments or, when there are no segments, from sections; a broken note ends its list.
    public List<ElfNote> notes() {
        List<ElfNote> found = notes;
        if (found == null) {
            found = List.copyOf(NoteReader.read(this));
            notes = found;
        }
        return found;
    }

    /// The build id in lower-case hex digits.
    public Optional<String> buildId() {
        return notes().stream()
                .filter(note -> note.name().equals("GNU") && note.type() == ElfNote.GNU_BUILD_ID)
                .findFirst()
                .map(note -> HexFormat.of().formatHex(note.description().bytes()));
    }

    /// Whether it can be loaded anywhere, so that addresses of a running target need [#loadBias] taken off.
    public boolean isPositionIndependent() {
        return header.type() == ElfHeader.SHARED;
    }

    /// The lowest linked address of a loaded segment.
    public long linkedBase() {
        long base = 0;
        boolean found = false;
        for (ElfSegment segment : segments) {
            if (segment.isLoaded()
                    && (!found || Long.compareUnsigned(segment.address(), base) < 0)) {
                base = segment.address();
                found = true;
            }
        }
        return base;
    }

    /// What is added to linked addresses in a process whose entry point is at `runtimeEntry` (`AT_ENTRY` of the
    /// auxiliary vector).
    public long loadBias(long runtimeEntry) {
        return runtimeEntry - header.entry();
    }

    /// The section in which an address lies.
    public Optional<ElfSection> sectionAt(long address) {
        return sections.stream().filter(section -> section.contains(address)).findFirst();
    }

    /// The segments that are loaded.
    public List<ElfSegment> loadedSegments() {
        List<ElfSegment> loaded = new ArrayList<>();
        for (ElfSegment segment : segments) {
            if (segment.isLoaded()) {
                loaded.add(segment);
            }
        }
        return loaded;
    }

    /// The memory as it is when the program is loaded at its linked addresses: the bytes in the file, then zeros.
    public MemoryReader memory() {
        return new SegmentMemory(bytes, loadedSegments());
    }
}
