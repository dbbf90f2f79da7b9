package dev.chipray.ctype;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.BytesAssembler;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwForm;
import dev.chipray.dwarf.DwTag;
import dev.chipray.dwarf.Dwarf;
import dev.chipray.dwarf.raw.Sections;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/// Writes debug information for tests: entries with attributes, in units, which refer to each other by labels.
///
/// Each entry gets an abbreviation of its own. References are written as offsets into the section, so they may cross units.
final class EntryAssembler {
    private final ByteOrder order;
    private final int version;
    private final int addressSize;
    private final BytesAssembler info;
    private final BytesAssembler abbreviations = BytesAssembler.little();
    private final Map<String, Long> labels = new HashMap<>();
    private final Map<Integer, String> fixes = new HashMap<>();
    private final List<Integer> unitStarts = new ArrayList<>();
    private int code;

    EntryAssembler(int version, ByteOrder order, int addressSize) {
        this.version = version;
        this.order = order;
        this.addressSize = addressSize;
        this.info = new BytesAssembler(order);
    }

    static EntryAssembler arm(int version) {
        return new EntryAssembler(version, ByteOrder.LITTLE_ENDIAN, 4);
    }

    /// One attribute of an entry.
    interface Attribute {
        int code();

        int form();

        void write(EntryAssembler to);
    }

    private record Simple(int code, int form, java.util.function.Consumer<EntryAssembler> writer)
            implements Attribute {
        @Override
        public void write(EntryAssembler to) {
            writer.accept(to);
        }
    }

    static Attribute name(String name) {
        return new Simple(DwAt.NAME, DwForm.STRING, to -> to.info.string(name));
    }

    static Attribute number(int attribute, long value) {
        return new Simple(attribute, DwForm.UDATA, to -> to.info.uleb(value));
    }

    static Attribute signed(int attribute, long value) {
        return new Simple(attribute, DwForm.SDATA, to -> to.info.sleb(value));
    }

    static Attribute data4(int attribute, long value) {
        return new Simple(attribute, DwForm.DATA4, to -> to.info.u32(value));
    }

    static Attribute flag(int attribute) {
        return new Simple(attribute, DwForm.FLAG, to -> to.info.u8(1));
    }

    static Attribute block(int attribute, int... bytes) {
        return new Simple(attribute, DwForm.BLOCK1, to -> to.info.u8(bytes.length).bytes(bytes));
    }

    static Attribute address(int attribute, long value) {
        return new Simple(attribute, DwForm.ADDR, to -> to.info.unsigned(value, to.addressSize));
    }

    static Attribute size(long bytes) {
        return number(DwAt.BYTE_SIZE, bytes);
    }

    static Attribute at(long offset) {
        return number(DwAt.DATA_MEMBER_LOCATION, offset);
    }

    static Attribute reference(int attribute, String label) {
        return new Simple(
                attribute,
                DwForm.REF_ADDR,
                to -> {
                    to.fixes.put(to.info.size(), label);
                    to.info.unsigned(0, to.version <= 2 ? to.addressSize : 4);
                });
    }

    static Attribute type(String label) {
        return reference(DwAt.TYPE, label);
    }

    /// Starts a unit, whose root is closed by [#end] like any entry.
    EntryAssembler unit(Attribute... attributes) {
        unitStarts.add(info.size());
        info.u32(0).u16(version);
        if (version >= 5) {
            info.u8(1).u8(addressSize).u32(0);
        } else {
            info.u32(0).u8(addressSize);
        }
        return open("", DwTag.COMPILE_UNIT, attributes);
    }

    /// An entry that others are in, until [#end].
    EntryAssembler open(String label, int tag, Attribute... attributes) {
        return entry(label, tag, true, attributes);
    }

    /// An entry without others in it.
    EntryAssembler add(String label, int tag, Attribute... attributes) {
        return entry(label, tag, false, attributes);
    }

    private EntryAssembler entry(String label, int tag, boolean children, Attribute... attributes) {
        code++;
        abbreviations.uleb(code).uleb(tag).u8(children ? 1 : 0);
        if (!label.isEmpty()) {
            labels.put(label, (long) info.size());
        }
        info.uleb(code);
        for (Attribute attribute : attributes) {
            abbreviations.uleb(attribute.code()).uleb(attribute.form());
            attribute.write(this);
        }
        abbreviations.u8(0).u8(0);
        return this;
    }

    EntryAssembler end() {
        info.u8(0);
        return this;
    }

    /// Ends the unit and its root.
    EntryAssembler endUnit() {
        end();
        int start = unitStarts.getLast();
        info.patch(start, info.size() - start - 4L, 4);
        return this;
    }

    private byte[] infoBytes() {
        fixes.forEach((at, label) ->
                info.patch(
                        at,
                        Objects.requireNonNull(labels.get(label), label),
                        version <= 2 ? addressSize : 4));
        return info.toByteArray();
    }

    DwarfTypes types() {
        return types(infoBytes());
    }

    /// The types of a section that was damaged after it was written.
    DwarfTypes types(byte[] section) {
        abbreviations.u8(0);
        byte[] table = abbreviations.toByteArray();
        Dwarf dwarf =
                Dwarf.of(
                        new Sections(name ->
                                ByteView.of(
                                                switch (name) {
                                                    case Sections.INFO -> section;
                                                    case Sections.ABBREV -> table;
                                                    default -> new byte[0];
                                                },
                                                name)
                                        .as(order, addressSize)));
        return DwarfTypes.of(
                dwarf,
                new TargetLayout(addressSize, order),
                symbol ->
                        symbol.equals("declared")
                                ? OptionalLong.of(0x2000_0100L)
                                : OptionalLong.empty());
    }

    byte[] section() {
        return infoBytes();
    }
}
