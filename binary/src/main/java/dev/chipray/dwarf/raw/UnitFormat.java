package dev.chipray.dwarf.raw;

import dev.chipray.dwarf.DwForm;

/// What decides how many bytes a form takes in a unit: version, offset size, address size.
public record UnitFormat(int version, boolean is64, int addressSize) {
    /// The size of an offset into another section.
    public int offsetSize() {
        return is64 ? 8 : 4;
    }

    /// The size of `DW_FORM_ref_addr`: DWARF 2 wrote an address.
    public int referenceSize() {
        return version <= 2 ? addressSize : offsetSize();
    }

    /// The number of bytes that a form always takes, or -1 when its bytes tell, or -2 when the form is unknown.
    public int fixedSize(int form) {
        return switch (form) {
            case DwForm.FLAG_PRESENT, DwForm.IMPLICIT_CONST -> 0;
            case DwForm.DATA1, DwForm.FLAG, DwForm.REF1, DwForm.STRX1, DwForm.ADDRX1 -> 1;
            case DwForm.DATA2, DwForm.REF2, DwForm.STRX2, DwForm.ADDRX2 -> 2;
            case DwForm.STRX3, DwForm.ADDRX3 -> 3;
            case DwForm.DATA4, DwForm.REF4, DwForm.STRX4, DwForm.ADDRX4, DwForm.REF_SUP4 -> 4;
            case DwForm.DATA8, DwForm.REF8, DwForm.REF_SIG8, DwForm.REF_SUP8 -> 8;
            case DwForm.DATA16 -> 16;
            case DwForm.ADDR -> addressSize;
            case DwForm.REF_ADDR -> referenceSize();
            case DwForm.STRP,
                    DwForm.SEC_OFFSET,
                    DwForm.LINE_STRP,
                    DwForm.STRP_SUP,
                    DwForm.GNU_REF_ALT,
                    DwForm.GNU_STRP_ALT ->
                    offsetSize();
            case DwForm.STRING,
                    DwForm.BLOCK,
                    DwForm.BLOCK1,
                    DwForm.BLOCK2,
                    DwForm.BLOCK4,
                    DwForm.EXPRLOC,
                    DwForm.SDATA,
                    DwForm.UDATA,
                    DwForm.REF_UDATA,
                    DwForm.INDIRECT,
                    DwForm.STRX,
                    DwForm.ADDRX,
                    DwForm.LOCLISTX,
                    DwForm.RNGLISTX,
                    DwForm.GNU_ADDR_INDEX,
                    DwForm.GNU_STR_INDEX ->
                    -1;
            default -> -2;
        };
    }
}
