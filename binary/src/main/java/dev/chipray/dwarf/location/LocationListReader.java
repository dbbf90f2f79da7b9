package dev.chipray.dwarf.location;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/// Reads lists of `.debug_loc` (DWARF 2 to 4) and `.debug_loclists` (DWARF 5); any thread may use it.
///
/// A list ends at the latest where its section ends, so a read takes time and memory in proportion to the section; a
/// list that breaks its format is a [dev.chipray.bytes.MalformedException].
///
/// @param encoding the sizes of the unit's addresses and offsets
/// @param base the address that offsets count from: the unit's `DW_AT_low_pc`
/// @param indexedAddress the unit's part of .debug_addr
public record LocationListReader(
        Encoding encoding, long base, LongFunction<OptionalLong> indexedAddress) {
    private static final int END_OF_LIST = 0;
    private static final int BASE_ADDRESSX = 1;
    private static final int STARTX_ENDX = 2;
    private static final int STARTX_LENGTH = 3;
    private static final int OFFSET_PAIR = 4;
    private static final int DEFAULT_LOCATION = 5;
    private static final int BASE_ADDRESS = 6;
    private static final int START_END = 7;
    private static final int START_LENGTH = 8;
    private static final int GNU_VIEW_PAIR = 9;

    /// Reads the list at an offset of `.debug_loc`.
    public LocationList readLoc(ByteView section, long offset) {
        List<LocationList.Entry> entries = new ArrayList<>();
        ByteCursor cursor = section.cursor(offset);
        long mask = encoding.addressMask();
        long current = base;
        while (true) {
            long low = cursor.address(encoding.addressSize());
            long high = cursor.address(encoding.addressSize());
            if (low == 0 && high == 0) {
                return new LocationList(entries, Optional.empty());
            }
            if (low == mask) {
                current = high;
            } else {
                ByteView expression = cursor.slice(cursor.u16());
                add(entries, current + low, current + high, expression);
            }
        }
    }

    /// Reads the list at an offset of `.debug_loclists`.
    public LocationList readLoclists(ByteView section, long offset) {
        List<LocationList.Entry> entries = new ArrayList<>();
        Optional<ByteView> otherwise = Optional.empty();
        ByteCursor cursor = section.cursor(offset);
        int size = encoding.addressSize();
        OptionalLong current = OptionalLong.of(base);
        while (true) {
            long start = cursor.position();
            int kind = cursor.u8();
            switch (kind) {
                case END_OF_LIST -> {
                    return new LocationList(entries, otherwise);
                }
                case BASE_ADDRESSX -> current = indexedAddress.apply(cursor.uleb128());
                case BASE_ADDRESS -> current = OptionalLong.of(cursor.address(size));
                case STARTX_ENDX -> {
                    OptionalLong low = indexedAddress.apply(cursor.uleb128());
                    OptionalLong high = indexedAddress.apply(cursor.uleb128());
                    add(entries, low, high.orElse(0) - low.orElse(0), expression(cursor));
                }
                case STARTX_LENGTH -> {
                    OptionalLong low = indexedAddress.apply(cursor.uleb128());
                    add(entries, low, cursor.uleb128(), expression(cursor));
                }
                case OFFSET_PAIR -> {
                    long low = cursor.uleb128();
                    long high = cursor.uleb128();
                    ByteView expression = expression(cursor);
                    if (current.isPresent()) {
                        add(
                                entries,
                                current.getAsLong() + low,
                                current.getAsLong() + high,
                                expression);
                    }
                }
                case DEFAULT_LOCATION -> otherwise = Optional.of(expression(cursor));
                case START_END -> {
                    long low = cursor.address(size);
                    long high = cursor.address(size);
                    add(entries, low, high, expression(cursor));
                }
                case START_LENGTH -> {
                    long low = cursor.address(size);
                    add(entries, OptionalLong.of(low), cursor.uleb128(), expression(cursor));
                }
                case GNU_VIEW_PAIR -> {
                    cursor.uleb128();
                    cursor.uleb128();
                }
                default ->
                        throw cursor.malformed(
                                start, "unknown kind of entry in a location list", kind);
            }
        }
    }

    /// The offset of a list that is named by its index (`DW_FORM_loclistx`), from the table at `tableOffset` (`DW_AT_loclists_base`).
    public long indexedOffset(ByteView section, long tableOffset, long index) {
        if (index < 0 || index > Integer.MAX_VALUE) {
            throw new dev.chipray.bytes.MalformedException(
                    section.name(), tableOffset, "index of a location list", index);
        }
        ByteCursor cursor = section.cursor(tableOffset);
        cursor.skip(index * encoding.offsetSize());
        return tableOffset + cursor.offset(encoding.offsetSize() == 8);
    }

    private static ByteView expression(ByteCursor cursor) {
        return cursor.slice(cursor.uleb128());
    }

    private void add(
            List<LocationList.Entry> entries, OptionalLong low, long length, ByteView expression) {
        if (low.isPresent()) {
            add(entries, low.getAsLong(), low.getAsLong() + length, expression);
        }
    }

    private void add(List<LocationList.Entry> entries, long low, long high, ByteView expression) {
        long first = low & encoding.addressMask();
        long end = high & encoding.addressMask();
        if (Long.compareUnsigned(first, end) < 0) {
            entries.add(new LocationList.Entry(first, end, expression));
        }
    }
}
