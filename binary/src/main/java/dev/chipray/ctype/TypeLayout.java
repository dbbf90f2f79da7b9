package dev.chipray.ctype;

import dev.chipray.ctype.internal.LayoutRows;
import dev.chipray.ctype.internal.LayoutText;
import java.util.List;
import java.util.OptionalLong;

/// The members of a type as rows, outermost first, with the holes between them; immutable.
///
/// @param name the type, as C writes it
/// @param size its size in bytes; empty when it is not known
/// @param rows the members, those of structures within it below them
/// @param padding the bytes of all holes and of the padding at the end, of the type itself without its members'
/// @param problems what could not be modelled
/// @param cut whether rows are missing because there are too many
public record TypeLayout(
        String name,
        OptionalLong size,
        List<Row> rows,
        long padding,
        List<String> problems,
        boolean cut) {

    /// The rows that a caller most often wants: everything.
    public static final int ALL_LEVELS = 16;

    /// What a row shows.
    public enum Kind {
        MEMBER,
        BIT_FIELD,
        /// The part of a base class.
        BASE_CLASS,
        /// Bytes or bits that no member uses.
        HOLE,
        /// Unused bytes at the end.
        PADDING,
        /// A value of an enumeration.
        ENUMERATOR
    }

    /// One row.
    ///
    /// @param level 0 for the members of the type, 1 for members of those, …
    /// @param kind what it shows
    /// @param bitOffset where it is, in bits from the start of the whole type; the value, of an enumerator
    /// @param bitSize its size in bits, -1 when it is not known
    /// @param name the member's name, empty for anonymous ones and holes
    /// @param path how to reach it from the type, such as `map.table`
    /// @param type the name of its type, empty for holes
    /// @param declaration how C writes it, such as `mp_obj_t items[]`
    public record Row(
            int level,
            Kind kind,
            long bitOffset,
            long bitSize,
            String name,
            String path,
            String type,
            String declaration) {
        /// The offset in bytes of its first bit.
        public long offset() {
            return Math.floorDiv(bitOffset, 8);
        }

        /// The first bit within the byte at [#offset].
        public int bit() {
            return Math.floorMod(bitOffset, 8);
        }
    }

    public TypeLayout {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /// The layout of a type, with members of members down to a level.
    public static TypeLayout of(CType type, int levels) {
        return LayoutRows.of(type, levels);
    }

    /// The layout as lines for a terminal, without control characters.
    public List<String> toLines() {
        return LayoutText.lines(this);
    }
}
