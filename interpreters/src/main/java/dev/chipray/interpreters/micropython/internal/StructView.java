package dev.chipray.interpreters.micropython.internal;

import dev.chipray.interpreters.Layouts;
import dev.chipray.interpreters.Layouts.Field;
import dev.chipray.interpreters.Layouts.Struct;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads members of one structure by name, wherever debug information says they are; for one thread.
///
/// A member that this firmware has not reads as zero; [#has] tells.
public final class StructView {
    private final TargetBytes memory;
    private final Struct struct;
    private final Map<String, Optional<Field>> fields = new HashMap<>();

    private StructView(TargetBytes memory, Struct struct) {
        this.memory = memory;
        this.struct = struct;
    }

    /// The view of the first of these names that the firmware has; one without members when it has none.
    public static StructView of(TargetBytes memory, Layouts layouts, String... names) {
        for (String name : names) {
            Optional<Struct> struct = layouts.struct(name);
            if (struct.isPresent()) {
                return new StructView(memory, struct.get());
            }
        }
        return new StructView(memory, new Struct(names[0], 0, java.util.List.of()));
    }

    /// A view of a known structure.
    public static StructView of(TargetBytes memory, Struct struct) {
        return new StructView(memory, struct);
    }

    /// Whether the firmware has the structure at all.
    public boolean exists() {
        return !struct.fields().isEmpty();
    }

    /// The structure itself.
    public Struct struct() {
        return struct;
    }

    /// Its size in bytes.
    public long size() {
        return struct.size();
    }

    /// Whether it has a member.
    public boolean has(String name) {
        return field(name).isPresent();
    }

    /// The member, when there is one.
    public Optional<Field> field(String name) {
        return fields.computeIfAbsent(name, struct::field);
    }

    /// The offset of a member in bytes, 0 when there is none.
    public long offset(String name) {
        return field(name).map(Field::offset).orElse(0L);
    }

    /// The unsigned value of a member of the structure at `address`.
    public long get(long address, String name) {
        return field(name).map(f -> value(memory, address, f)).orElse(0L);
    }

    /// The signed value of a member of the structure at `address`.
    public long getSigned(long address, String name) {
        Optional<Field> field = field(name);
        if (field.isEmpty()) {
            return 0;
        }
        Field f = field.get();
        int bits = f.bitSize() > 0 ? f.bitSize() : (int) (8 * Math.min(f.size(), 8));
        long value = value(memory, address, f);
        return bits == 0 || bits >= 64 ? value : value << (64 - bits) >> (64 - bits);
    }

    /// The unsigned value of a member; bit fields too.
    static long value(TargetBytes memory, long address, Field f) {
        if (f.bitSize() <= 0) {
            return f.size() < 1 || f.size() > 8
                    ? 0
                    : memory.unsigned(address + f.offset(), (int) f.size());
        }
        // The bits may straddle any bytes; gather the fewest that hold them.
        int first = (int) Math.floorMod(f.bitOffset(), 8L);
        int width = Math.min(f.bitSize(), 57);
        int bytes = (first + width + 7) / 8;
        long raw = memory.unsigned(address + f.offset(), bytes);
        long shifted =
                memory.isLittleEndian() ? raw >>> first : raw >>> (8 * bytes - first - width);
        return shifted & ((1L << width) - 1);
    }
}
