package dev.chipray.dwarf.raw;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwForm;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A unit: what its header says and, read once when first needed, what its root entry says about the whole unit; for
/// any thread.
///
/// The bases of string, address and list tables stand in the root entry itself, after values that already need them,
/// so the root is walked twice: first for the bases, then for the values.
public final class UnitContext {
    /// What a header says.
    ///
    /// @param inTypes whether the unit is in `.debug_types`
    /// @param offset where the unit starts in its section
    /// @param end one past its last byte
    /// @param format version and sizes
    /// @param kind the unit type of DWARF 5; 1 (compile) or 2 (type) for older versions
    /// @param abbreviations the offset of its abbreviations
    /// @param firstEntry the offset of the root entry
    /// @param signature the signature of a type unit, or the identifier of a split unit
    /// @param typeEntry the offset of the type in a type unit
    public record Header(
            boolean inTypes,
            long offset,
            long end,
            UnitFormat format,
            int kind,
            long abbreviations,
            long firstEntry,
            long signature,
            long typeEntry) {}

    private final Header header;
    private final Sections sections;
    private final Map<Long, AbbreviationTable> tables;
    private volatile @Nullable AbbreviationTable table;
    private volatile @Nullable RootValues root;

    /// @param tables shared by the units of a file: units often share abbreviations
    public UnitContext(Header header, Sections sections, Map<Long, AbbreviationTable> tables) {
        this.header = header;
        this.sections = sections;
        this.tables = tables;
    }

    public Header header() {
        return header;
    }

    public UnitFormat format() {
        return header.format;
    }

    public long offset() {
        return header.offset;
    }

    public boolean inTypes() {
        return header.inTypes;
    }

    public Sections sections() {
        return sections;
    }

    /// The section of its entries.
    public ByteView section() {
        return sections.get(header.inTypes ? Sections.TYPES : Sections.INFO);
    }

    /// A cursor over the entries, from the root on, in offsets of the section, that ends with the unit.
    public ByteCursor entries() {
        return section().slice(0, header.end).cursor(header.firstEntry);
    }

    /// The abbreviations.
    public AbbreviationTable table() {
        AbbreviationTable found = table;
        if (found == null) {
            UnitFormat format = header.format;
            long key =
                    header.abbreviations * 64
                            + format.addressSize() * 4L
                            + (format.is64() ? 2 : 0)
                            + (format.version() <= 2 ? 1 : 0);
            found = tables.get(key);
            if (found == null) {
                found =
                        AbbreviationTable.read(
                                sections.get(Sections.ABBREV), header.abbreviations, format);
                tables.put(key, found);
            }
            table = found;
        }
        return found;
    }

    /// What the root entry says.
    public RootValues root() {
        RootValues found = root;
        if (found == null) {
            found = RootValues.read(this);
            root = found;
        }
        return found;
    }

    /// The address at an index of the unit's part of `.debug_addr`.
    public long indexedAddress(long index) {
        ByteView section = sections.get(Sections.ADDR);
        return section.unsigned(
                element(section, bases().addresses, index, header.format.addressSize()),
                header.format.addressSize());
    }

    /// The string at an index of the unit's part of `.debug_str_offsets`.
    public String indexedString(long index) {
        ByteView section = sections.get(Sections.STR_OFFSETS);
        int size = header.format.offsetSize();
        return sections.get(Sections.STR)
                .cString(section.unsigned(element(section, bases().strings, index, size), size));
    }

    /// The offset in `.debug_rnglists` of the list at an index of the unit's part.
    public long rangeList(long index) {
        return list(sections.get(Sections.RNGLISTS), bases().rangeLists, index);
    }

    /// The offset in `.debug_loclists` of the list at an index of the unit's part.
    public long locationList(long index) {
        return list(sections.get(".debug_loclists"), bases().locationLists, index);
    }

    private long list(ByteView section, long base, long index) {
        int size = header.format.offsetSize();
        return base + section.unsigned(element(section, base, index, size), size);
    }

    private static long element(ByteView section, long base, long index, int size) {
        if (index < 0 || base < 0 || index > section.size() / size) {
            throw new MalformedException(section.name(), base, "index outside the table", index);
        }
        return base + index * size;
    }

    private volatile @Nullable Bases bases;

    /// Where the tables of this unit start.
    record Bases(long strings, long addresses, long rangeLists, long locationLists) {}

    Bases bases() {
        Bases found = bases;
        if (found == null) {
            found = readBases();
            bases = found;
        }
        return found;
    }

    private Bases readBases() {
        // Without a base (a split unit) the tables start behind the header of the first
        // contribution.
        boolean is64 = header.format.is64();
        boolean five = header.format.version() >= 5;
        long strings = five ? (is64 ? 16 : 8) : 0;
        long addresses = five ? (is64 ? 16 : 8) : 0;
        long lists = is64 ? 20 : 12;
        long rangeLists = lists;
        long locationLists = lists;
        ByteCursor in = entries();
        AbbreviationTable abbreviations = table();
        int index = abbreviations.find(in.uleb128());
        if (index < 0) {
            return new Bases(strings, addresses, rangeLists, locationLists);
        }
        for (int spec = abbreviations.firstSpec(index);
                spec < abbreviations.endSpec(index);
                spec++) {
            int form = abbreviations.form(spec);
            boolean offset =
                    form == DwForm.SEC_OFFSET || form == DwForm.DATA4 || form == DwForm.DATA8;
            if (!offset) {
                Forms.skip(header.format, in, form);
                continue;
            }
            long value = in.unsigned(header.format.fixedSize(form));
            switch (abbreviations.attribute(spec)) {
                case DwAt.STR_OFFSETS_BASE -> strings = value;
                case DwAt.ADDR_BASE, DwAt.GNU_ADDR_BASE -> addresses = value;
                case DwAt.RNGLISTS_BASE -> rangeLists = value;
                case DwAt.LOCLISTS_BASE -> locationLists = value;
                default -> {}
            }
        }
        return new Bases(strings, addresses, rangeLists, locationLists);
    }
}
