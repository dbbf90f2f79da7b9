package dev.chipray.dwarf.raw;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.UnsupportedException;
import dev.chipray.elf.ElfFile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// The debug sections of a file by name, loaded when first asked for; for any thread. A section that is missing or
/// cannot be inflated is empty, and the second case is a diagnostic.
public final class Sections {
    public static final String INFO = ".debug_info";
    public static final String TYPES = ".debug_types";
    public static final String ABBREV = ".debug_abbrev";
    public static final String LINE = ".debug_line";
    public static final String STR = ".debug_str";
    public static final String LINE_STR = ".debug_line_str";
    public static final String STR_OFFSETS = ".debug_str_offsets";
    public static final String ADDR = ".debug_addr";
    public static final String RANGES = ".debug_ranges";
    public static final String RNGLISTS = ".debug_rnglists";

    private final Function<String, ByteView> loader;
    private final Map<String, ByteView> loaded = new ConcurrentHashMap<>();
    private final List<Diagnostic> diagnostics = new CopyOnWriteArrayList<>();

    /// The sections that a loader gives; it returns an empty view for a missing one.
    public Sections(Function<String, ByteView> loader) {
        this.loader = loader;
    }

    /// The sections of an ELF file.
    public static Sections of(ElfFile file) {
        ByteView none =
                ByteView.of(new byte[0], "").as(file.header().order(), file.header().wordSize());
        return new Sections(
                name -> file.contents(name).map(ByteView::onHeap).orElse(none.slice(0, 0, name)));
    }

    /// The bytes of a section.
    public ByteView get(String name) {
        ByteView found = loaded.get(name);
        if (found == null) {
            found = load(name);
            loaded.put(name, found);
        }
        return found;
    }

    private ByteView load(String name) {
        try {
            return loader.apply(name);
        } catch (MalformedException e) {
            diagnostics.add(Diagnostic.of(e));
        } catch (UnsupportedException e) {
            diagnostics.add(Diagnostic.of(name, e));
        }
        return ByteView.of(new byte[0], name);
    }

    /// Sections that could not be loaded.
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
