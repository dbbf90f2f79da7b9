package dev.chipray.interpreters;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What decoders need to know of a firmware: where its symbols are while it runs, and how its structures are laid out.
///
/// Addresses are those of the running program: whoever makes one adds the load address of a position-independent
/// executable. Names are C names, with or without `struct`; no lookup throws.
public interface Layouts {
    /// The size of a pointer in bytes, 4 or 8.
    int wordSize();

    /// The byte order of the target.
    ByteOrder order();

    /// The address of a function or variable; a compiler's suffix such as `.lto_priv.0` does not count as name.
    OptionalLong symbol(String name);

    /// The name of the function or variable that starts at an address.
    Optional<String> symbolAt(long address);

    /// The variables with an address, by address; each with its size as the symbol table gives it.
    List<Variable> variables();

    /// A structure or union by its tag or by a typedef of it.
    Optional<Struct> struct(String name);

    /// The size in bytes of a type, typedefs included.
    OptionalLong sizeOf(String type);

    /// What a member or a type is, as far as decoders care.
    enum Shape {
        POINTER,
        INTEGER,
        FLOAT,
        STRUCT,
        ARRAY,
        OTHER
    }

    /// A structure or union.
    ///
    /// @param name its tag or typedef
    /// @param size its size in bytes
    /// @param fields its members with a name; those of anonymous members are among them
    record Struct(String name, long size, List<Field> fields) {
        public Struct {
            fields = List.copyOf(fields);
        }

        /// A member by name.
        public Optional<Field> field(String wanted) {
            for (Field field : fields) {
                if (field.name().equals(wanted)) {
                    return Optional.of(field);
                }
            }
            return Optional.empty();
        }
    }

    /// A member.
    ///
    /// @param name its name
    /// @param bitOffset where it starts, in bits from the start of the whole; in a byte from the least significant bit
    ///     on little-endian targets and from the most significant one on big-endian ones
    /// @param bitSize the width of a bit field, 0 when it is none
    /// @param size its size in bytes; 0 for an array of unknown length
    /// @param shape what it is
    /// @param elementSize the size of an element of an array, else 0
    /// @param type its type as C writes it without qualifiers and `struct`, such as `mp_obj_t` or `mp_map_elem_t *`; of
    ///     an array, the type of its elements
    record Field(
            String name,
            long bitOffset,
            int bitSize,
            long size,
            Shape shape,
            long elementSize,
            String type) {
        /// The offset in bytes.
        public long offset() {
            return Math.floorDiv(bitOffset, 8);
        }
    }

    /// A variable.
    ///
    /// @param name its name
    /// @param address where it is
    /// @param size its size in bytes
    record Variable(String name, long address, long size) {}
}
