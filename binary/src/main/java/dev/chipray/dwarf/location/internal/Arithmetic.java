package dev.chipray.dwarf.location.internal;

import static dev.chipray.dwarf.location.internal.Operations.AND;
import static dev.chipray.dwarf.location.internal.Operations.DIV;
import static dev.chipray.dwarf.location.internal.Operations.EQ;
import static dev.chipray.dwarf.location.internal.Operations.GT;
import static dev.chipray.dwarf.location.internal.Operations.LE;
import static dev.chipray.dwarf.location.internal.Operations.LT;
import static dev.chipray.dwarf.location.internal.Operations.MINUS;
import static dev.chipray.dwarf.location.internal.Operations.MOD;
import static dev.chipray.dwarf.location.internal.Operations.MUL;
import static dev.chipray.dwarf.location.internal.Operations.NE;
import static dev.chipray.dwarf.location.internal.Operations.OR;
import static dev.chipray.dwarf.location.internal.Operations.PLUS;
import static dev.chipray.dwarf.location.internal.Operations.SHL;
import static dev.chipray.dwarf.location.internal.Operations.SHR;
import static dev.chipray.dwarf.location.internal.Operations.SHRA;
import static dev.chipray.dwarf.location.internal.Operations.XOR;

import dev.chipray.dwarf.location.BaseEncoding;
import org.jspecify.annotations.Nullable;

/// Operations on one and two values, by their type; pure functions.
///
/// The generic type computes modulo the address size; it divides and compares as a signed number and takes remainders
/// as an unsigned one (DWARF 5, section 2.5.1.4).
final class Arithmetic {
    private Arithmetic() {}

    /// A result, or null when the operation has none (division by zero, bits of a float).
    static @Nullable Typed binary(int operation, Typed left, Typed right, BaseEncoding generic) {
        if (operation >= EQ && operation <= NE) {
            return new Typed(compare(operation, left, right) ? 1 : 0, generic);
        }
        if (left.type().isFloat()) {
            return real(operation, left, right);
        }
        long a = left.bits();
        long b = right.bits();
        long value;
        switch (operation) {
            case AND -> value = a & b;
            case OR -> value = a | b;
            case XOR -> value = a ^ b;
            case PLUS -> value = a + b;
            case MINUS -> value = a - b;
            case MUL -> value = a * b;
            case SHL -> value = Long.compareUnsigned(b, 64) < 0 ? a << b : 0;
            case SHR -> value = Long.compareUnsigned(b, 64) < 0 ? a >>> b : 0;
            case SHRA -> value = left.signed() >> (Long.compareUnsigned(b, 63) < 0 ? b : 63);
            case DIV, MOD -> {
                if (b == 0) {
                    return null;
                }
                value = operation == DIV ? quotient(left, right) : remainder(left, right);
            }
            default -> throw new IllegalArgumentException(Operations.name(operation));
        }
        return new Typed(value, left.type());
    }

    private static long quotient(Typed left, Typed right) {
        boolean signed = left.isGeneric() || left.type().isSigned();
        return signed
                ? left.signed() / right.signed()
                : Long.divideUnsigned(left.bits(), right.bits());
    }

    private static long remainder(Typed left, Typed right) {
        return left.type().isSigned()
                ? left.signed() % right.signed()
                : Long.remainderUnsigned(left.bits(), right.bits());
    }

    private static @Nullable Typed real(int operation, Typed left, Typed right) {
        double a = left.real();
        double b = right.real();
        return switch (operation) {
            case PLUS -> Typed.ofReal(a + b, left.type());
            case MINUS -> Typed.ofReal(a - b, left.type());
            case MUL -> Typed.ofReal(a * b, left.type());
            case DIV -> Typed.ofReal(a / b, left.type());
            default -> null;
        };
    }

    private static boolean compare(int operation, Typed left, Typed right) {
        if (left.type().isFloat()) {
            double a = left.real();
            double b = right.real();
            return switch (operation) {
                case EQ -> a == b;
                case NE -> a != b;
                case LT -> a < b;
                case LE -> a <= b;
                case GT -> a > b;
                default -> a >= b;
            };
        }
        boolean signed = left.isGeneric() || left.type().isSigned();
        int order =
                signed
                        ? Long.compare(left.signed(), right.signed())
                        : Long.compareUnsigned(left.bits(), right.bits());
        return switch (operation) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            default -> order >= 0;
        };
    }

    /// The value without its sign, of the signed meaning of its bits.
    static Typed absolute(Typed value) {
        if (value.type().isFloat()) {
            return Typed.ofReal(Math.abs(value.real()), value.type());
        }
        return new Typed(
                Math.abs(value.isGeneric() ? value.signed() : value.number()), value.type());
    }

    /// The value with the other sign.
    static Typed negated(Typed value) {
        return value.type().isFloat()
                ? Typed.ofReal(-value.real(), value.type())
                : new Typed(-value.bits(), value.type());
    }
}
