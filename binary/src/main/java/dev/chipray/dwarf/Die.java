package dev.chipray.dwarf;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.dwarf.raw.AbbreviationTable;
import dev.chipray.dwarf.raw.DieTree;
import dev.chipray.dwarf.raw.Forms;
import dev.chipray.dwarf.raw.RangeLists;
import dev.chipray.dwarf.raw.UnitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An entry of debug information: a function, a type, a variable, a call; a light handle that any thread may use and
/// whose attributes are read when asked for. Broken entries throw [MalformedException].
///
/// Equal when it is the same entry of the same file.
public final class Die {
    /// How far declarations and abstract origins are followed; real chains have two or three links.
    private static final int LONGEST_CHAIN = 16;

    private final DwarfUnit unit;
    private final long offset;
    private final int abbreviation;
    private final long attributes;

    private Die(DwarfUnit unit, long offset, int abbreviation, long attributes) {
        this.unit = unit;
        this.offset = offset;
        this.abbreviation = abbreviation;
        this.attributes = attributes;
    }

    static Die at(DwarfUnit unit, long offset) {
        UnitContext context = unit.context();
        ByteCursor in = context.entries();
        if (offset < context.header().firstEntry()) {
            throw in.malformed(offset, "entry lies before the first one of its unit", offset);
        }
        in.position(offset);
        long code = in.uleb128();
        int index = context.table().find(code);
        if (index < 0) {
            throw in.malformed(offset, "no such abbreviation", code);
        }
        return new Die(unit, offset, index, in.position());
    }

    private AbbreviationTable table() {
        return unit.context().table();
    }

    /// The unit it is in.
    public DwarfUnit unit() {
        return unit;
    }

    /// Where it is.
    public DieOffset offset() {
        return new DieOffset(unit.context().inTypes(), offset);
    }

    /// What it describes, a constant of [DwTag] or an unknown code.
    public int tag() {
        return table().tag(abbreviation);
    }

    /// Whether entries under it follow.
    public boolean hasChildren() {
        return table().hasChildren(abbreviation);
    }

    /// Whether it has an attribute of its own.
    public boolean has(int attribute) {
        return table().has(abbreviation, attribute);
    }

    /// The attribute codes it has, in the order they are written.
    public int[] attributes() {
        int first = table().firstSpec(abbreviation);
        int[] codes = new int[table().endSpec(abbreviation) - first];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = table().attribute(first + i);
        }
        return codes;
    }

    /// The value of an attribute of its own, or null when it has none.
    public @Nullable AttributeValue attribute(int attribute) {
        ByteCursor in = unit.context().entries();
        in.position(attributes);
        AbbreviationTable table = table();
        for (int spec = table.firstSpec(abbreviation); spec < table.endSpec(abbreviation); spec++) {
            if (table.attribute(spec) == attribute) {
                return Forms.value(unit.context(), in, table.form(spec), table.constant(spec));
            }
            Forms.skip(unit.context().format(), in, table.form(spec));
        }
        return null;
    }

    /// The value of an attribute of its own, or else of the declaration or abstract instance it completes.
    public @Nullable AttributeValue inherited(int attribute) {
        Die die = this;
        for (int i = 0; i < LONGEST_CHAIN && die != null; i++) {
            AttributeValue value = die.attribute(attribute);
            if (value != null) {
                return value;
            }
            die = die.origin().orElse(null);
        }
        return null;
    }

    /// The entry that this one completes: its abstract instance, or its declaration.
    public Optional<Die> origin() {
        Optional<Die> origin = reference(DwAt.ABSTRACT_ORIGIN);
        return origin.isPresent() ? origin : reference(DwAt.SPECIFICATION);
    }

    /// The entry that an attribute refers to, type units included; empty when there is none or it is in another file.
    public Optional<Die> reference(int attribute) {
        return switch (attribute(attribute)) {
            case AttributeValue.Reference(DieOffset target) ->
                    Optional.of(unit.dwarf().die(target));
            case AttributeValue.Signature(long signature) -> unit.dwarf().type(signature);
            case null, default -> Optional.empty();
        };
    }

    /// The name, its own or inherited; empty when it has none.
    public Optional<String> name() {
        return inheritedString(DwAt.NAME);
    }

    /// The name in the symbol table (mangled for C++), its own or inherited; empty when it has none.
    public Optional<String> linkageName() {
        Optional<String> name = inheritedString(DwAt.LINKAGE_NAME);
        return name.isPresent() ? name : inheritedString(DwAt.MIPS_LINKAGE_NAME);
    }

    private Optional<String> inheritedString(int attribute) {
        return inherited(attribute) instanceof AttributeValue.Text(String text)
                ? Optional.of(text)
                : Optional.empty();
    }

    /// A string of its own, or null.
    public @Nullable String string(int attribute) {
        return attribute(attribute) instanceof AttributeValue.Text(String text) ? text : null;
    }

    /// A number of its own: a constant, a flag, an address or an offset; `otherwise` when it has none.
    public long number(int attribute, long otherwise) {
        return switch (attribute(attribute)) {
            case AttributeValue.Constant(long value, _, _) -> value;
            case AttributeValue.Flag(boolean value) -> value ? 1 : 0;
            case AttributeValue.Address(long value) -> value;
            case AttributeValue.SectionOffset(long value) -> value;
            case null, default -> otherwise;
        };
    }

    /// Whether a flag is there and true.
    public boolean flag(int attribute) {
        return number(attribute, 0) != 0;
    }

    /// The addresses of its code, from `DW_AT_ranges` or the low and high address; empty when it has none.
    public List<AddressRange> ranges() {
        List<AddressRange> ranges = new ArrayList<>();
        RangeLists.Sink sink = (low, high) -> ranges.add(new AddressRange(low, high));
        switch (attribute(DwAt.RANGES)) {
            case AttributeValue.SectionOffset(long value) ->
                    RangeLists.read(unit.context(), DwForm.SEC_OFFSET, value, sink);
            case AttributeValue.RangeListIndex(long value) ->
                    RangeLists.read(unit.context(), DwForm.RNGLISTX, value, sink);
            case AttributeValue.Constant(long value, _, _) ->
                    RangeLists.read(unit.context(), DwForm.SEC_OFFSET, value, sink);
            case null, default -> {
                if (attribute(DwAt.LOW_PC) instanceof AttributeValue.Address(long low)) {
                    long high = highAddress(low);
                    if (Long.compareUnsigned(low, high) < 0) {
                        ranges.add(new AddressRange(low, high));
                    }
                }
            }
        }
        return ranges;
    }

    private long highAddress(long low) {
        return switch (attribute(DwAt.HIGH_PC)) {
            case AttributeValue.Address(long value) -> value;
            case AttributeValue.Constant(long value, _, _) -> low + value;
            case null, default -> low;
        };
    }

    /// The entries directly under it, read as the list is made.
    public List<Die> children() {
        List<Die> children = new ArrayList<>();
        if (hasChildren()) {
            DieTree.children(
                    unit.context(),
                    abbreviation,
                    attributes,
                    (at, index, values) -> children.add(new Die(unit, at, index, values)));
        }
        return children;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Die that
                && that.offset == offset
                && that.unit.dwarf() == unit.dwarf()
                && that.unit.context().inTypes() == unit.context().inTypes();
    }

    @Override
    public int hashCode() {
        return Long.hashCode(offset);
    }

    @Override
    public String toString() {
        return DwTag.name(tag()) + " at " + offset();
    }
}
