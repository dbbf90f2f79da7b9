package dev.chipray.dwarf.location.internal;

import static dev.chipray.dwarf.location.internal.Operations.*;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.dwarf.location.Encoding;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Writes expressions as text; a broken one up to where it breaks.
public final class ExpressionPrinter {
    /// Compilers nest entry values never.
    private static final int DEPTH_LIMIT = 8;

    private ExpressionPrinter() {}

    /// The operations, separated by commas.
    public static String print(ByteView expression, Encoding encoding) {
        return print(expression, encoding, 0);
    }

    private static String print(ByteView expression, Encoding encoding, int depth) {
        if (depth == DEPTH_LIMIT) {
            return "(nested too deep)";
        }
        List<String> parts = new ArrayList<>();
        ByteCursor cursor = expression.cursor();
        try {
            while (cursor.hasRemaining()) {
                int code = cursor.u8();
                parts.add(
                        ("DW_OP_" + name(code) + " " + operands(code, cursor, encoding, depth))
                                .strip());
            }
        } catch (MalformedException e) {
            parts.add("(broken: " + e.field() + ")");
        }
        return String.join(", ", parts);
    }

    private static String operands(int code, ByteCursor cursor, Encoding encoding, int depth) {
        if (code >= BREG0 && code <= BREG31) {
            return signed(cursor.sleb128());
        }
        int standard = standard(code);
        return switch (standard) {
            case ADDR -> hex(cursor.address(encoding.addressSize()));
            case CONST1U, PICK, DEREF_SIZE, XDEREF_SIZE -> hex(cursor.u8());
            case CONST1S -> signed(cursor.s8());
            case CONST2U, CALL2 -> hex(cursor.u16());
            case CONST2S, BRA, SKIP -> signed(cursor.s16());
            case CONST4U, CALL4, GNU_PARAMETER_REF -> hex(cursor.u32());
            case CONST4S -> signed(cursor.s32());
            case CONST8U -> hex(cursor.u64());
            case CONST8S -> signed(cursor.s64());
            case CONSTU, PLUS_UCONST, REGX, PIECE, ADDRX, CONSTX, CONVERT, REINTERPRET ->
                    hex(cursor.uleb128());
            case CONSTS, FBREG -> signed(cursor.sleb128());
            case BREGX -> hex(cursor.uleb128()) + " " + signed(cursor.sleb128());
            case BIT_PIECE, REGVAL_TYPE -> hex(cursor.uleb128()) + " " + hex(cursor.uleb128());
            case DEREF_TYPE, XDEREF_TYPE -> hex(cursor.u8()) + " " + hex(cursor.uleb128());
            case CONST_TYPE -> hex(cursor.uleb128()) + " " + block(cursor.slice(cursor.u8()));
            case IMPLICIT_VALUE -> block(cursor.slice(cursor.uleb128()));
            case ENTRY_VALUE ->
                    "(" + print(cursor.slice(cursor.uleb128()), encoding, depth + 1) + ")";
            case CALL_REF, GNU_VARIABLE_VALUE -> hex(reference(cursor, encoding));
            case IMPLICIT_POINTER ->
                    hex(reference(cursor, encoding)) + " " + signed(cursor.sleb128());
            default -> "";
        };
    }

    private static long reference(ByteCursor cursor, Encoding encoding) {
        return cursor.unsigned(
                encoding.version() <= 2 ? encoding.addressSize() : encoding.offsetSize());
    }

    private static String block(ByteView bytes) {
        return "0x" + HexFormat.of().formatHex(bytes.bytes());
    }

    private static String hex(long value) {
        return "0x%x".formatted(value);
    }

    private static String signed(long value) {
        return "%+d".formatted(value);
    }
}
