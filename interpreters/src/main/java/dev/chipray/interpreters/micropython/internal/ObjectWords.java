package dev.chipray.interpreters.micropython.internal;

import dev.chipray.interpreters.Layouts;
import dev.chipray.interpreters.micropython.Representation;

/// Takes object words apart; immutable, any thread may use it.
///
/// Which representation a firmware has is a macro and in no debug information. It is the one in which the keys of the
/// builtins' table, or else of the main module's globals, are all qstrs that exist.
public final class ObjectWords {
    private static final long D_TAG = 0xffff_0000_0000_0000L;

    private final Representation representation;
    private final int size;
    private final int wordBits;

    /// Words of a representation on a target with `wordSize` bytes in a pointer.
    public ObjectWords(Representation representation, int wordSize) {
        this.representation = representation;
        this.size = representation == Representation.D ? 8 : wordSize;
        this.wordBits = 8 * wordSize;
    }

    /// Which one it is.
    public Representation representation() {
        return representation;
    }

    /// Bytes in an object word.
    public int size() {
        return size;
    }

    /// Reads an object word.
    public long read(TargetBytes memory, long address) {
        return memory.unsigned(address, size);
    }

    /// Whether it is an integer that fits into the word.
    public boolean isSmallInt(long word) {
        return switch (representation) {
            case A, A_OLD, C, C_OLD -> (word & 1) != 0;
            case B, B_OLD -> (word & 3) == 1;
            case D -> (word & D_TAG) == 0x0001_0000_0000_0000L;
        };
    }

    /// The value of a small integer.
    public long smallInt(long word) {
        int unused = 64 - wordBits;
        return switch (representation) {
            case A, A_OLD, C, C_OLD -> word << unused >> (unused + 1);
            case B, B_OLD -> word << unused >> (unused + 2);
            case D -> word << 16 >> 17;
        };
    }

    /// Whether it is an interned string.
    public boolean isQstr(long word) {
        return switch (representation) {
            case A -> (word & 7) == 2;
            case A_OLD -> (word & 3) == 2;
            case B -> (word & 7) == 3;
            case B_OLD -> (word & 3) == 3;
            case C -> (word & 0xff80_000fL) == 6;
            case C_OLD -> (word & 0xff80_0007L) == 6;
            case D -> (word & D_TAG) == 0x0002_0000_0000_0000L;
        };
    }

    /// The number of an interned string.
    public long qstr(long word) {
        return representation == Representation.D
                ? (word & 0xffff_ffffL) >>> 1
                : word >>> representation.qstrShift();
    }

    /// Whether it is None, False or True inside the word.
    public boolean isImmediate(long word) {
        return switch (representation) {
            case A -> (word & 7) == 6;
            case B -> (word & 7) == 7;
            case C -> (word & 0xff80_000fL) == 0xe;
            case D -> (word & D_TAG) == 0x0003_0000_0000_0000L;
            case A_OLD, B_OLD, C_OLD -> false;
        };
    }

    /// The value of an immediate object: 0 for None, 1 for False, 3 for True.
    public int immediate(long word) {
        return (int)
                (representation == Representation.D
                        ? word >>> 46 & 3
                        : word >>> representation.qstrShift());
    }

    /// Whether it is a float inside the word.
    public boolean isFloat(long word) {
        return switch (representation) {
            case C -> (word & 3) == 2 && (word & 0xff80_0007L) != 6;
            case C_OLD -> (word & 3) == 2 && (word & 0xff80_0007L) != 6;
            case D -> (word & 0xfffc_0000_0000_0000L) != 0;
            case A, A_OLD, B, B_OLD -> false;
        };
    }

    /// The value of a float inside the word; in representation C its two lowest bits are lost and read as zero.
    public double floatValue(long word) {
        if (representation == Representation.D) {
            return Double.longBitsToDouble(word - 0x8004_0000_0000_0000L);
        }
        int bits = (int) (word - 0x8080_0000L) & ~3;
        return Float.intBitsToFloat(bits);
    }

    /// Whether it is a pointer to an object; also true for 0, which is none.
    public boolean isPointer(long word) {
        return switch (representation) {
            case A, A_OLD, C, C_OLD -> (word & 3) == 0;
            case B, B_OLD -> (word & 1) == 0;
            case D -> (word & D_TAG) == 0;
        };
    }

    /// Finds out which representation a firmware has; A when nothing tells.
    public static Representation find(
            TargetBytes memory, Layouts layouts, ContextMembers context, Qstrs qstrs) {
        if (memory.wordSize() == 4 && layouts.sizeOf("mp_obj_t").orElse(4) == 8) {
            return Representation.D;
        }
        StructView dict = StructView.of(memory, layouts, "mp_obj_dict_t", "_mp_obj_dict_t");
        StructView map = StructView.of(memory, layouts, "mp_map_t", "_mp_map_t");
        long[] dicts = {
            layouts.symbol("mp_module_builtins_globals").orElse(0),
            context.vmAddress() + context.vm().offset("dict_main")
        };
        for (long at : dicts) {
            long table = map.get(at + dict.offset("map"), "table");
            long used = Math.min(map.get(at + dict.offset("map"), "used"), 256);
            if (at != 0 && used > 0 && memory.mapped(table, used * 2 * memory.wordSize())) {
                Representation best = best(memory, qstrs, table, (int) used);
                if (best != null) {
                    return best;
                }
            }
        }
        return Representation.A;
    }

    /// Later ones accept words of earlier ones by accident, never the other way round.
    private static final Representation[] ORDER = {
        Representation.D,
        Representation.A,
        Representation.B,
        Representation.C,
        Representation.C_OLD,
        Representation.B_OLD,
        Representation.A_OLD
    };

    private static @org.jspecify.annotations.Nullable Representation best(
            TargetBytes memory, Qstrs qstrs, long table, int used) {
        Representation best = null;
        int most = 0;
        for (Representation one : ORDER) {
            if ((one == Representation.D && memory.wordSize() != 8)
                    || (one.letter() == 'C' && memory.wordSize() != 4)) {
                continue;
            }
            ObjectWords words = new ObjectWords(one, memory.wordSize());
            int right = 0;
            for (int i = 0; i < used; i++) {
                long key = words.read(memory, table + 2L * i * words.size());
                right +=
                        words.isQstr(key) && words.qstr(key) > 0 && qstrs.isValid(words.qstr(key))
                                ? 1
                                : 0;
            }
            if (right > most) {
                most = right;
                best = one;
            }
        }
        return best;
    }
}
