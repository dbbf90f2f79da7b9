package dev.chipray.unwind.internal.cfi;

import dev.chipray.bytes.ByteCursor;

/// Reads the pointers of `.eh_frame`, which come in several sizes and relations (`DW_EH_PE`).
final class PointerEncoding {
    static final int ABSOLUTE = 0;
    static final int OMIT = 0xff;

    private static final int FORMAT = 0x0f;
    private static final int RELATION = 0x70;
    private static final int RELATIVE_TO_ITSELF = 0x10;
    private static final int ALIGNED = 0x50;
    private static final int SIGNED = 0x08;

    private PointerEncoding() {}

    /// Reads a pointer. `sectionAddress` is where the section is linked, for pointers that are relative to themselves.
    /// An indirect pointer stays the address of the pointer.
    static long read(ByteCursor cursor, int encoding, int addressSize, long sectionAddress) {
        if (encoding == OMIT) {
            return 0;
        }
        int relation = encoding & RELATION;
        if (relation == ALIGNED) {
            cursor.skip(Math.floorMod(-(sectionAddress + cursor.position()), addressSize));
        }
        long at = cursor.position();
        long value = plain(cursor, encoding & FORMAT, addressSize);
        long result =
                relation == RELATIVE_TO_ITSELF && value != 0 ? value + sectionAddress + at : value;
        return addressSize == 8 ? result : result & 0xffff_ffffL;
    }

    /// Reads a number in the format of an encoding, without any relation: the length of a range.
    static long plain(ByteCursor cursor, int format, int addressSize) {
        long at = cursor.position();
        return switch (format) {
            case 0, SIGNED -> cursor.address(addressSize);
            case 1 -> cursor.uleb128();
            case 2 -> cursor.u16();
            case 3 -> cursor.u32();
            case 4, SIGNED | 4 -> cursor.u64();
            case SIGNED | 1 -> cursor.sleb128();
            case SIGNED | 2 -> cursor.s16();
            case SIGNED | 3 -> cursor.s32();
            default -> throw cursor.malformed(at, "format of a pointer", format);
        };
    }
}
