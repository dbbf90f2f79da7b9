package dev.chipray.dwarf.raw;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.MalformedException;
import dev.chipray.dwarf.AttributeValue;
import dev.chipray.dwarf.DieOffset;
import dev.chipray.dwarf.DwForm;
import org.jspecify.annotations.Nullable;

/// Reads the values of attributes, form by form; stateless.
public final class Forms {
    private Forms() {}

    /// Moves over a value.
    public static void skip(UnitFormat format, ByteCursor in, int form) {
        int size = format.fixedSize(form);
        if (size >= 0) {
            in.skip(size);
            return;
        }
        switch (form) {
            case DwForm.STRING -> in.skipCString();
            case DwForm.BLOCK, DwForm.EXPRLOC -> in.skip(in.uleb128());
            case DwForm.BLOCK1 -> in.skip(in.u8());
            case DwForm.BLOCK2 -> in.skip(in.u16());
            case DwForm.BLOCK4 -> in.skip(in.u32());
            case DwForm.INDIRECT -> skip(format, in, indirect(in));
            case DwForm.SDATA,
                    DwForm.UDATA,
                    DwForm.REF_UDATA,
                    DwForm.STRX,
                    DwForm.ADDRX,
                    DwForm.LOCLISTX,
                    DwForm.RNGLISTX,
                    DwForm.GNU_ADDR_INDEX,
                    DwForm.GNU_STR_INDEX ->
                    in.skipLeb128();
            default -> throw unknown(in, form);
        }
    }

    /// The form that an indirect value names; another indirection would never end.
    private static int indirect(ByteCursor in) {
        long at = in.position();
        long form = in.uleb128();
        if (form == DwForm.INDIRECT || form == DwForm.IMPLICIT_CONST || form != (int) form) {
            throw in.malformed(at, "indirect form that cannot be", form);
        }
        return (int) form;
    }

    private static MalformedException unknown(ByteCursor in, int form) {
        return in.malformed(
                in.position(), "attribute of the unknown form " + DwForm.name(form), form);
    }

    /// The number in a value: constants (sign-extended where the form is signed), flags, offsets, addresses (looked up),
    /// references within the unit made absolute. Strings, blocks and indexes of lists give their raw number.
    public static long number(UnitContext unit, ByteCursor in, int form, long constant) {
        UnitFormat format = unit.format();
        return switch (form) {
            case DwForm.DATA1, DwForm.FLAG, DwForm.STRX1 -> in.u8();
            case DwForm.DATA2, DwForm.STRX2 -> in.u16();
            case DwForm.STRX3 -> in.u24();
            case DwForm.DATA4, DwForm.STRX4, DwForm.REF_SUP4 -> in.u32();
            case DwForm.DATA8, DwForm.REF_SIG8, DwForm.REF_SUP8 -> in.u64();
            case DwForm.ADDR -> in.address(format.addressSize());
            case DwForm.REF_ADDR -> in.unsigned(format.referenceSize());
            case DwForm.STRP,
                    DwForm.SEC_OFFSET,
                    DwForm.LINE_STRP,
                    DwForm.STRP_SUP,
                    DwForm.GNU_REF_ALT,
                    DwForm.GNU_STRP_ALT ->
                    in.offset(format.is64());
            case DwForm.REF1 -> unit.offset() + in.u8();
            case DwForm.REF2 -> unit.offset() + in.u16();
            case DwForm.REF4 -> unit.offset() + in.u32();
            case DwForm.REF8 -> unit.offset() + in.u64();
            case DwForm.REF_UDATA -> unit.offset() + in.uleb128();
            case DwForm.SDATA -> in.sleb128();
            case DwForm.UDATA,
                    DwForm.STRX,
                    DwForm.GNU_STR_INDEX,
                    DwForm.LOCLISTX,
                    DwForm.RNGLISTX ->
                    in.uleb128();
            case DwForm.ADDRX, DwForm.GNU_ADDR_INDEX -> unit.indexedAddress(in.uleb128());
            case DwForm.ADDRX1 -> unit.indexedAddress(in.u8());
            case DwForm.ADDRX2 -> unit.indexedAddress(in.u16());
            case DwForm.ADDRX3 -> unit.indexedAddress(in.u24());
            case DwForm.ADDRX4 -> unit.indexedAddress(in.u32());
            case DwForm.FLAG_PRESENT -> 1;
            case DwForm.IMPLICIT_CONST -> constant;
            case DwForm.INDIRECT -> number(unit, in, indirect(in), 0);
            default -> {
                skip(format, in, form);
                yield 0;
            }
        };
    }

    /// The string in a value, or null when the form holds none or the string is in another file.
    public static @Nullable String string(UnitContext unit, ByteCursor in, int form) {
        Sections sections = unit.sections();
        return switch (form) {
            case DwForm.STRING -> in.cString();
            case DwForm.STRP -> sections.get(Sections.STR).cString(in.offset(unit.format().is64()));
            case DwForm.LINE_STRP ->
                    sections.get(Sections.LINE_STR).cString(in.offset(unit.format().is64()));
            case DwForm.STRX,
                    DwForm.STRX1,
                    DwForm.STRX2,
                    DwForm.STRX3,
                    DwForm.STRX4,
                    DwForm.GNU_STR_INDEX ->
                    unit.indexedString(number(unit, in, form, 0));
            case DwForm.INDIRECT -> string(unit, in, indirect(in));
            default -> {
                skip(unit.format(), in, form);
                yield null;
            }
        };
    }

    /// The value by its class.
    public static AttributeValue value(UnitContext unit, ByteCursor in, int form, long constant) {
        return switch (form) {
            case DwForm.ADDR,
                    DwForm.ADDRX,
                    DwForm.ADDRX1,
                    DwForm.ADDRX2,
                    DwForm.ADDRX3,
                    DwForm.ADDRX4,
                    DwForm.GNU_ADDR_INDEX ->
                    new AttributeValue.Address(number(unit, in, form, constant));
            case DwForm.DATA1, DwForm.DATA2, DwForm.DATA4, DwForm.DATA8 ->
                    new AttributeValue.Constant(
                            number(unit, in, form, constant), unit.format().fixedSize(form), false);
            case DwForm.UDATA -> new AttributeValue.Constant(in.uleb128(), 0, false);
            case DwForm.SDATA -> new AttributeValue.Constant(in.sleb128(), 0, true);
            case DwForm.IMPLICIT_CONST -> new AttributeValue.Constant(constant, 0, true);
            case DwForm.DATA16 -> new AttributeValue.Block(in.slice(16));
            case DwForm.BLOCK -> new AttributeValue.Block(in.slice(in.uleb128()));
            case DwForm.BLOCK1 -> new AttributeValue.Block(in.slice(in.u8()));
            case DwForm.BLOCK2 -> new AttributeValue.Block(in.slice(in.u16()));
            case DwForm.BLOCK4 -> new AttributeValue.Block(in.slice(in.u32()));
            case DwForm.EXPRLOC -> new AttributeValue.Expression(in.slice(in.uleb128()));
            case DwForm.FLAG -> new AttributeValue.Flag(in.u8() != 0);
            case DwForm.FLAG_PRESENT -> new AttributeValue.Flag(true);
            case DwForm.SEC_OFFSET ->
                    new AttributeValue.SectionOffset(number(unit, in, form, constant));
            case DwForm.LOCLISTX -> new AttributeValue.LocationListIndex(in.uleb128());
            case DwForm.RNGLISTX -> new AttributeValue.RangeListIndex(in.uleb128());
            case DwForm.REF_SIG8 -> new AttributeValue.Signature(in.u64());
            case DwForm.REF1, DwForm.REF2, DwForm.REF4, DwForm.REF8, DwForm.REF_UDATA ->
                    new AttributeValue.Reference(
                            new DieOffset(unit.inTypes(), number(unit, in, form, constant)));
            case DwForm.REF_ADDR ->
                    new AttributeValue.Reference(
                            new DieOffset(false, number(unit, in, form, constant)));
            case DwForm.STRING,
                    DwForm.STRP,
                    DwForm.LINE_STRP,
                    DwForm.STRX,
                    DwForm.STRX1,
                    DwForm.STRX2,
                    DwForm.STRX3,
                    DwForm.STRX4,
                    DwForm.GNU_STR_INDEX -> {
                String text = string(unit, in, form);
                yield new AttributeValue.Text(text == null ? "" : text);
            }
            case DwForm.INDIRECT -> value(unit, in, indirect(in), constant);
            case DwForm.REF_SUP4,
                    DwForm.REF_SUP8,
                    DwForm.STRP_SUP,
                    DwForm.GNU_REF_ALT,
                    DwForm.GNU_STRP_ALT ->
                    new AttributeValue.Supplementary(form, number(unit, in, form, constant));
            default -> throw unknown(in, form);
        };
    }
}
