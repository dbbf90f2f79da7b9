package dev.chipray.dwarf.location.internal;

import dev.chipray.dwarf.location.BaseEncoding;

/// A value on the stack: bits, cut to the type's size, with the type.
///
/// @param bits zero-extended; floats and doubles by their bits
/// @param type for the generic type an encoding of the address size with code [#GENERIC]
record Typed(long bits, BaseEncoding type) {
    /// The code of the generic type, which no base type has.
    static final int GENERIC = 0;

    Typed {
        bits = cut(bits, type.size());
    }

    private static long cut(long bits, int size) {
        return size >= 8 ? bits : bits & ((1L << (8 * size)) - 1);
    }

    boolean isGeneric() {
        return type.encoding() == GENERIC;
    }

    /// The value as a signed number.
    long signed() {
        int shift = 64 - 8 * Math.min(8, type.size());
        return bits << shift >> shift;
    }

    /// The value as the type says: sign-extended only for signed types.
    long number() {
        return type.isSigned() ? signed() : bits;
    }

    double real() {
        return type.size() == 4 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
    }

    static Typed ofReal(double value, BaseEncoding type) {
        return new Typed(
                type.size() == 4
                        ? Float.floatToRawIntBits((float) value) & 0xffff_ffffL
                        : Double.doubleToRawLongBits(value),
                type);
    }

    /// The same number in another type.
    Typed convert(BaseEncoding target) {
        if (target.isFloat()) {
            double value =
                    type.isFloat() ? real() : type.isSigned() ? signed() : unsignedToDouble(bits);
            return ofReal(value, target);
        }
        return new Typed(type.isFloat() ? realToBits(real()) : number(), target);
    }

    private static double unsignedToDouble(long bits) {
        return bits >= 0 ? bits : (bits >>> 1 | (bits & 1)) * 2.0;
    }

    private static long realToBits(double value) {
        return value < 0x1p63 ? (long) value : (long) (value - 0x1p63) ^ Long.MIN_VALUE;
    }
}
