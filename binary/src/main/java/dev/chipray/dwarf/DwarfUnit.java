package dev.chipray.dwarf;

import dev.chipray.bytes.ByteView;
import dev.chipray.dwarf.raw.RangeLists;
import dev.chipray.dwarf.raw.RootValues;
import dev.chipray.dwarf.raw.Sections;
import dev.chipray.dwarf.raw.UnitContext;
import dev.chipray.dwarf.raw.UnitScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A unit of debug information, most often one source file with what it includes; any thread may use it.
///
/// The header was read when the file was opened; everything else is read when asked for and throws
/// [dev.chipray.bytes.MalformedException] when it is broken.
public final class DwarfUnit {
    private final Dwarf dwarf;
    private final UnitContext context;

    DwarfUnit(Dwarf dwarf, UnitContext context) {
        this.dwarf = dwarf;
        this.context = context;
    }

    /// The debug information it belongs to.
    public Dwarf dwarf() {
        return dwarf;
    }

    /// Its inner form, for readers inside this module.
    public UnitContext context() {
        return context;
    }

    /// Where the unit starts.
    public DieOffset offset() {
        return new DieOffset(context.inTypes(), context.offset());
    }

    /// One past its last byte, in its section.
    public long end() {
        return context.header().end();
    }

    /// The DWARF version, 2 to 5.
    public int version() {
        return context.format().version();
    }

    /// Whether offsets have 8 bytes.
    public boolean is64() {
        return context.format().is64();
    }

    /// The size of an address in bytes.
    public int addressSize() {
        return context.format().addressSize();
    }

    /// Whether it holds a single type, found by [#signature].
    public boolean isTypeUnit() {
        return context.header().kind() == UnitScanner.TYPE;
    }

    /// Whether it only points to another file that holds the entries (`-gsplit-dwarf`).
    public boolean isSplit() {
        return context.header().kind() >= UnitScanner.SKELETON
                || context.root().splitFile() != null;
    }

    /// The file with the entries of a split unit.
    public Optional<String> splitFile() {
        return Optional.ofNullable(context.root().splitFile());
    }

    /// The signature of a type unit.
    public long signature() {
        return context.header().signature();
    }

    /// The type of a type unit.
    public Die type() {
        return dwarf.die(new DieOffset(context.inTypes(), context.header().typeEntry()));
    }

    /// The source file, empty when not said.
    public String name() {
        return context.root().name();
    }

    /// The compiler's working directory, empty when not said.
    public String directory() {
        return context.root().directory();
    }

    /// The compiler and its options, empty when not said.
    public String producer() {
        return context.root().producer();
    }

    /// A `DW_LANG` code, 0 when not said.
    public int language() {
        return context.root().language();
    }

    /// The address from which ranges and locations count, 0 when not said.
    public long baseAddress() {
        return context.root().low();
    }

    /// The root entry.
    public Die root() {
        return Die.at(this, context.header().firstEntry());
    }

    /// The entry at an offset of the unit's section, which must be the start of one.
    public Die die(long offset) {
        return Die.at(this, offset);
    }

    /// The address at an index of the unit's table (`DW_OP_addrx`, `DW_OP_constx`).
    public long indexedAddress(long index) {
        return context.indexedAddress(index);
    }

    /// The offset in `.debug_loclists` of the list at an index (`DW_FORM_loclistx`).
    public long locationListOffset(long index) {
        return context.locationList(index);
    }

    /// A whole debug section by name (`.debug_loc`, `.debug_loclists`, ...), empty when missing.
    public ByteView section(String name) {
        return context.sections().get(name);
    }

    /// The addresses of the unit's code as its root entry says them.
    public List<AddressRange> ranges() {
        RootValues root = context.root();
        List<AddressRange> ranges = new ArrayList<>();
        if (root.rangesForm() != 0) {
            RangeLists.read(
                    context,
                    root.rangesForm(),
                    root.ranges(),
                    (low, high) -> ranges.add(new AddressRange(low, high)));
        } else if (root.hasLow() && root.low() != root.high()) {
            ranges.add(new AddressRange(root.low(), root.high()));
        }
        return ranges;
    }

    /// The line table, where there is one.
    public Optional<LineProgram> lineProgram() {
        long offset = context.root().lines();
        return offset < 0 || context.sections().get(Sections.LINE).size() == 0
                ? Optional.empty()
                : Optional.of(new LineProgram(context, offset));
    }

    @Override
    public String toString() {
        return "unit " + offset();
    }
}
