package dev.chipray.dwarf;

import dev.chipray.bytes.ByteView;

/// The value of an attribute by its class. Indirections within the file (string, address and reference indexes) are
/// resolved; lists of ranges and locations are left as offsets or indexes.
public sealed interface AttributeValue {
    /// An address of the target, as linked.
    record Address(long value) implements AttributeValue {}

    /// A number.
    ///
    /// In DWARF 2 and 3 an offset into another section is written as a constant too; the attribute tells.
    ///
    /// @param value sign-extended when `signed`, else zero-extended
    /// @param width the bytes it was written in, 0 for LEB128 and for constants of the abbreviation
    /// @param signed whether the form says that it is signed; forms of fixed width do not say, so for them the reader of
    ///     the attribute decides
    record Constant(long value, int width, boolean signed) implements AttributeValue {
        /// The value with the sign that its width would give it.
        public long asSigned() {
            return switch (width) {
                case 1 -> (byte) value;
                case 2 -> (short) value;
                case 4 -> (int) value;
                default -> value;
            };
        }
    }

    /// Yes or no.
    record Flag(boolean value) implements AttributeValue {}

    /// A string.
    record Text(String value) implements AttributeValue {}

    /// Another entry.
    record Reference(DieOffset target) implements AttributeValue {}

    /// A type in a type unit, by its signature.
    record Signature(long value) implements AttributeValue {}

    /// Bytes, which in DWARF 2 and 3 may be an expression; the attribute tells. A constant of 16 bytes comes so too.
    record Block(ByteView bytes) implements AttributeValue {}

    /// A DWARF expression.
    record Expression(ByteView bytes) implements AttributeValue {}

    /// An offset into the section that the attribute implies.
    record SectionOffset(long value) implements AttributeValue {}

    /// The index of a location list in the unit's table.
    record LocationListIndex(long value) implements AttributeValue {}

    /// The index of a range list in the unit's table.
    record RangeListIndex(long value) implements AttributeValue {}

    /// Something in a supplementary file (`dwz -m`), which is not read.
    record Supplementary(int form, long value) implements AttributeValue {}
}
