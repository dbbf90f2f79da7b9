package dev.chipray.dwarf.raw;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Finds the units of a file by their headers; one walk over the headers, nothing inside the units is read.
///
/// A header that cannot be understood costs its unit only, because the length comes first; a length that cannot be
/// true ends the walk.
public final class UnitScanner {
    /// Unit types of DWARF 5 (section 7.5.1).
    public static final int COMPILE = 1;

    public static final int TYPE = 2;
    public static final int PARTIAL = 3;
    public static final int SKELETON = 4;
    public static final int SPLIT_COMPILE = 5;
    public static final int SPLIT_TYPE = 6;

    private static final long ESCAPE_64 = 0xffff_ffffL;
    private static final long FIRST_RESERVED = 0xffff_fff0L;

    private final Sections sections;
    private final Map<Long, AbbreviationTable> tables = new ConcurrentHashMap<>();
    private final List<UnitContext> units = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    public UnitScanner(Sections sections) {
        this.sections = sections;
        scan(sections.get(Sections.INFO), false);
        scan(sections.get(Sections.TYPES), true);
    }

    private void scan(ByteView section, boolean types) {
        ByteCursor in = section.cursor();
        while (in.hasRemaining()) {
            long start = in.position();
            try {
                long length = in.u32();
                boolean is64 = length == ESCAPE_64;
                if (is64) {
                    length = in.u64();
                } else if (length >= FIRST_RESERVED) {
                    throw in.malformed(start, "unit length of a reserved value", length);
                }
                if (length < 0 || length > in.remaining()) {
                    // The entries that are there can still be read.
                    diagnostics.add(
                            Diagnostic.of(
                                    in.malformed(
                                            start, "unit is longer than its section", length)));
                    length = in.remaining();
                }
                long end = in.position() + length;
                try {
                    units.add(
                            new UnitContext(header(in, start, end, is64, types), sections, tables));
                } catch (MalformedException e) {
                    diagnostics.add(Diagnostic.of(e));
                }
                in.position(end);
            } catch (MalformedException e) {
                diagnostics.add(Diagnostic.of(e));
                return;
            }
        }
    }

    private UnitContext.Header header(
            ByteCursor in, long start, long end, boolean is64, boolean types) {
        int version = in.u16();
        if (version < 2 || version > 5) {
            throw in.malformed(start, "unit of an unknown DWARF version, skipped", version);
        }
        int kind = types ? TYPE : COMPILE;
        int addressSize;
        long abbreviations;
        if (version >= 5) {
            kind = in.u8();
            addressSize = in.u8();
            abbreviations = in.offset(is64);
        } else {
            abbreviations = in.offset(is64);
            addressSize = in.u8();
        }
        if (addressSize != 4 && addressSize != 8 && addressSize != 2 && addressSize != 1) {
            throw in.malformed(start, "unit with an impossible address size, skipped", addressSize);
        }
        long signature = 0;
        long typeEntry = 0;
        switch (kind) {
            case COMPILE, PARTIAL -> {}
            case SKELETON, SPLIT_COMPILE -> signature = in.u64();
            case TYPE, SPLIT_TYPE -> {
                signature = in.u64();
                typeEntry = start + in.offset(is64);
            }
            default -> throw in.malformed(start, "unit of an unknown type, skipped", kind);
        }
        if (in.position() > end) {
            throw in.malformed(start, "unit is shorter than its header, skipped", end - start);
        }
        if (abbreviations < 0 || abbreviations > sections.get(Sections.ABBREV).size()) {
            throw in.malformed(
                    start, "abbreviations lie outside their section, unit skipped", abbreviations);
        }
        UnitFormat format = new UnitFormat(version, is64, addressSize);
        return new UnitContext.Header(
                types,
                start,
                end,
                format,
                kind,
                abbreviations,
                in.position(),
                signature,
                typeEntry);
    }

    /// The units in the order of the file, those of `.debug_types` last.
    public List<UnitContext> units() {
        return units;
    }

    /// Units that were skipped, and why.
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
