package dev.chipray.dwarf.raw;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.dwarf.DwForm;

/// Reads lists of address ranges: `.debug_ranges` (DWARF 3 and 4) and `.debug_rnglists` (DWARF 5); stateless.
///
/// Empty ranges are left out, and so are ranges that count from a base of all ones, which is how LLVM's linker marks
/// code that it dropped.
public final class RangeLists {
    private static final int END_OF_LIST = 0;
    private static final int BASE_ADDRESSX = 1;
    private static final int STARTX_ENDX = 2;
    private static final int STARTX_LENGTH = 3;
    private static final int OFFSET_PAIR = 4;
    private static final int BASE_ADDRESS = 5;
    private static final int START_END = 6;
    private static final int START_LENGTH = 7;

    /// Takes ranges.
    @FunctionalInterface
    public interface Sink {
        /// Takes the range from `low` up to `high`, which is larger.
        void range(long low, long high);
    }

    private RangeLists() {}

    /// Reads the list that a `DW_AT_ranges` of this form and raw value means.
    public static void read(UnitContext unit, int form, long value, Sink sink) {
        RootValues root = unit.root();
        long base = root.hasLow() ? root.low() : 0;
        if (unit.format().version() >= 5) {
            long offset = form == DwForm.RNGLISTX ? unit.rangeList(value) : value;
            modern(unit, unit.sections().get(Sections.RNGLISTS), offset, base, sink);
        } else {
            classic(unit, unit.sections().get(Sections.RANGES), value, base, sink);
        }
    }

    private static void classic(
            UnitContext unit, ByteView section, long offset, long start, Sink sink) {
        int size = unit.format().addressSize();
        long highest = highest(size);
        long base = start;
        ByteCursor in = section.cursor(offset);
        while (true) {
            long low = in.address(size);
            long high = in.address(size);
            if (low == 0 && high == 0) {
                return;
            }
            if (low == highest) {
                base = high;
            } else {
                emit(sink, base, base + low, base + high, highest);
            }
        }
    }

    private static void modern(
            UnitContext unit, ByteView section, long offset, long start, Sink sink) {
        int size = unit.format().addressSize();
        long highest = highest(size);
        long base = start;
        ByteCursor in = section.cursor(offset);
        while (true) {
            long at = in.position();
            int kind = in.u8();
            switch (kind) {
                case END_OF_LIST -> {
                    return;
                }
                case BASE_ADDRESSX -> base = unit.indexedAddress(in.uleb128());
                case BASE_ADDRESS -> base = in.address(size);
                case OFFSET_PAIR -> {
                    long low = base + in.uleb128();
                    emit(sink, base, low, base + in.uleb128(), highest);
                }
                case STARTX_ENDX -> {
                    long low = unit.indexedAddress(in.uleb128());
                    emit(sink, low, low, unit.indexedAddress(in.uleb128()), highest);
                }
                case STARTX_LENGTH -> {
                    long low = unit.indexedAddress(in.uleb128());
                    emit(sink, low, low, low + in.uleb128(), highest);
                }
                case START_END -> {
                    long low = in.address(size);
                    emit(sink, low, low, in.address(size), highest);
                }
                case START_LENGTH -> {
                    long low = in.address(size);
                    emit(sink, low, low, low + in.uleb128(), highest);
                }
                default -> throw in.malformed(at, "range list entry of an unknown kind", kind);
            }
        }
    }

    private static void emit(Sink sink, long base, long low, long high, long highest) {
        boolean dropped = base == highest || base == highest - 1;
        if (!dropped && Long.compareUnsigned(low, high) < 0) {
            sink.range(low & highest, high);
        }
    }

    private static long highest(int addressSize) {
        return addressSize == 8 ? -1L : (1L << (8 * addressSize)) - 1;
    }
}
