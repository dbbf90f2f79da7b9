package dev.chipray.interpreters.micropython.internal;

import dev.chipray.interpreters.Layouts.Field;
import dev.chipray.interpreters.Layouts.Shape;
import dev.chipray.interpreters.micropython.ObjectType;
import dev.chipray.interpreters.micropython.TypeKind;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Writes values that hold no others: numbers, strings, buffers.
final class Scalars {
    private static final int DIGIT_LIMIT = 4096;

    private final Snapshot snapshot;
    private final TargetBytes memory;

    Scalars(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.memory = snapshot.memory();
    }

    String text(long at, ObjectType type, int limit) {
        return switch (type.kind()) {
            case INT -> integer(at).toString();
            case FLOAT -> number(at, snapshot.view("mp_obj_float_t"), "value");
            case COMPLEX -> complex(at);
            case BOOL -> snapshot.view("mp_obj_bool_t").get(at, "value") != 0 ? "True" : "False";
            case NONE -> "None";
            case ELLIPSIS -> "Ellipsis";
            case STR, BYTES -> string(at, type.kind() == TypeKind.BYTES, limit);
            case BYTEARRAY -> "bytearray(" + array(at, limit) + ")";
            case ARRAY -> array(at, limit);
            case RANGE -> range(at);
            default -> "<" + type.name() + ">";
        };
    }

    /// The characters of a `str` object without quotes.
    String plainText(long at) {
        StructView view = snapshot.view("mp_obj_str_t");
        int length = (int) Math.min(view.get(at, "len"), DIGIT_LIMIT);
        return new String(memory.bytes(view.get(at, "data"), length), StandardCharsets.UTF_8);
    }

    private String string(long at, boolean isBytes, int limit) {
        StructView view = snapshot.view("mp_obj_str_t");
        long length = view.get(at, "len");
        int shown = (int) Math.min(length, Math.max(limit, 0) + 4L);
        byte[] bytes = memory.bytes(view.get(at, "data"), shown);
        String text = quote(bytes, isBytes, limit);
        return bytes.length < length && text.length() <= limit ? text + "…" : text;
    }

    private String range(long at) {
        StructView view = snapshot.view("mp_obj_range_t");
        long step = view.getSigned(at, "step");
        String ends = "range(" + view.getSigned(at, "start") + ", " + view.getSigned(at, "stop");
        return step == 1 ? ends + ")" : ends + ", " + step + ")";
    }

    private BigInteger integer(long at) {
        StructView view = snapshot.view("mp_obj_int_t");
        if (view.has("val")) {
            return BigInteger.valueOf(view.getSigned(at, "val"));
        }
        StructView mpz = snapshot.view("mpz_t");
        long mpzAt = at + view.offset("mpz");
        int digitSize = (int) snapshot.layouts().sizeOf("mpz_dig_t").orElse(2);
        int length = (int) Math.min(mpz.get(mpzAt, "len"), DIGIT_LIMIT);
        long digits = mpz.get(mpzAt, "dig");
        if (!memory.mapped(digits, (long) length * digitSize)) {
            return BigInteger.ZERO;
        }
        BigInteger value = BigInteger.ZERO;
        for (int i = length - 1; i >= 0; i--) {
            long digit = memory.unsigned(digits + (long) i * digitSize, digitSize);
            value = value.shiftLeft(8 * digitSize).or(BigInteger.valueOf(digit & 0xffff_ffffL));
        }
        return mpz.get(mpzAt, "neg") != 0 ? value.negate() : value;
    }

    private String number(long at, StructView view, String member) {
        Optional<Field> field = view.field(member);
        return field.map(f -> decimal(floating(at + f.offset(), (int) f.size()), f.size() == 4))
                .orElse("?");
    }

    private String complex(long at) {
        StructView view = snapshot.view("mp_obj_complex_t");
        String imaginary = number(at, view, "imag");
        return "("
                + number(at, view, "real")
                + (imaginary.startsWith("-") ? "" : "+")
                + imaginary
                + "j)";
    }

    private double floating(long at, int size) {
        long raw = memory.unsigned(at, size);
        return size == 4 ? Float.intBitsToFloat((int) raw) : Double.longBitsToDouble(raw);
    }

    private String array(long at, int limit) {
        StructView view = snapshot.view("mp_obj_array_t");
        char code = (char) (view.get(at, "typecode") & 0x7f);
        long length = view.get(at, "len");
        long items = view.get(at, "items");
        boolean isBytes = code == 1 || code == 0;
        if (isBytes) {
            int shown = (int) Math.min(length, Math.max(limit, 0) + 4L);
            return quote(memory.bytes(items, shown), true, limit);
        }
        int size = elementSize(code);
        StringBuilder out = new StringBuilder("array('").append(code).append("', [");
        for (long i = 0; i < Math.min(length, DIGIT_LIMIT) && out.length() <= limit; i++) {
            out.append(i == 0 ? "" : ", ").append(element(items + i * size, code, size));
        }
        return out.append("])").toString();
    }

    private int elementSize(char code) {
        return switch (code) {
            case 'b', 'B' -> 1;
            case 'h', 'H' -> 2;
            case 'i', 'I', 'f' -> 4;
            case 'q', 'Q', 'd' -> 8;
            case 'O' -> snapshot.words().size();
            default -> memory.wordSize();
        };
    }

    private String element(long at, char code, int size) {
        return switch (code) {
            case 'f', 'd' -> decimal(floating(at, size), size == 4);
            case 'b', 'h', 'i', 'l', 'q' -> Long.toString(memory.signed(at, size));
            case 'O' -> "0x%x".formatted(memory.unsigned(at, size));
            default -> Long.toUnsignedString(memory.unsigned(at, size));
        };
    }

    /// A string or bytes literal; bytes that are no UTF-8 are escaped.
    static String quote(byte[] bytes, boolean isBytes, int limit) {
        String text =
                new String(bytes, isBytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        boolean readable = isBytes || isUtf8(bytes);
        if (!readable) {
            text = new String(bytes, StandardCharsets.ISO_8859_1);
        }
        char mark = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder out = new StringBuilder(isBytes ? "b" : "").append(mark);
        for (int i = 0; i < text.length() && out.length() <= limit; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c == mark) {
                        out.append('\\').append(c);
                    } else if (c < 0x20
                            || c == 0x7f
                            || (c >= 0x80 && c < 0xa0)
                            || (c >= 0x80 && (isBytes || !readable))) {
                        out.append("\\x%02x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append(mark).toString();
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /// A float as Python writes it, with the fewest digits that tell it from its neighbours.
    static String decimal(double value, boolean single) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String text = single ? Float.toString((float) value) : Double.toString(value);
        int e = text.indexOf('E');
        if (e < 0) {
            return text;
        }
        double size = Math.abs(value);
        if (size >= 1e-4 && size < 1e16) {
            String plain = new java.math.BigDecimal(text).toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String mantissa = text.substring(0, e);
        if (mantissa.endsWith(".0")) {
            mantissa = mantissa.substring(0, mantissa.length() - 2);
        }
        int exponent = Integer.parseInt(text.substring(e + 1));
        return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    /// Whether a member is an object word.
    static boolean isObjectWord(Field field) {
        return field.shape() != Shape.STRUCT
                && (field.type().equals("mp_obj_t")
                        || field.type().equals("mp_const_obj_t")
                        || field.type().equals("mp_rom_obj_t"));
    }
}
