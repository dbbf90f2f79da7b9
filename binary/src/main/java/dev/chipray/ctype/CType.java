package dev.chipray.ctype;

import dev.chipray.ctype.internal.Naming;
import dev.chipray.ctype.internal.Sizes;
import java.util.List;
import java.util.OptionalLong;

/// A C type; immutable, and any thread may use it. Types that it refers to are read when they are asked for.
public sealed interface CType {
    /// The type as C writes it, such as `struct _mp_map_t`, `const char *` or `unsigned int [4]`.
    default String name() {
        return Naming.name(this);
    }

    /// The size in bytes; empty for functions, `void`, types of which only the name is known, and arrays of unknown length.
    default OptionalLong size() {
        return Sizes.size(this);
    }

    /// The type without typedefs and qualifiers.
    default CType stripped() {
        CType type = this;
        for (int i = 0; i < Sizes.DEPTH_LIMIT; i++) {
            switch (type) {
                case Typedef(String _, TypeReference target) -> type = target.get();
                case Qualified(Qualifier _, TypeReference target) -> type = target.get();
                case VoidType _,
                        Base _,
                        Pointer _,
                        Composite _,
                        Enumeration _,
                        Array _,
                        Function _,
                        Unknown _ -> {
                    return type;
                }
            }
        }
        return new Unknown("typedefs that lead back to themselves");
    }

    /// No type at all.
    record VoidType() implements CType {}

    /// A type of the language.
    ///
    /// @param label its name
    /// @param bytes its size
    /// @param kind how its bits are meant
    record Base(String label, long bytes, BaseKind kind) implements CType {}

    /// How the bits of a base type are meant.
    enum BaseKind {
        BOOLEAN,
        SIGNED,
        UNSIGNED,
        SIGNED_CHAR,
        UNSIGNED_CHAR,
        /// A character of Unicode, such as `char16_t`.
        CHARACTER,
        FLOAT,
        COMPLEX,
        OTHER
    }

    /// An address of something.
    ///
    /// @param kind what C or C++ calls it
    /// @param target what it points to
    /// @param bytes its size
    record Pointer(PointerKind kind, TypeReference target, long bytes) implements CType {}

    /// What an address is called.
    enum PointerKind {
        POINTER,
        REFERENCE,
        RVALUE_REFERENCE,
        /// A pointer to a member of a class.
        MEMBER
    }

    /// A structure, union or class.
    ///
    /// @param kind which of the three
    /// @param tag its name, with C++ namespaces as `mbed::Serial`; empty when it has none
    /// @param bytes its size; empty when only its name is known
    /// @param members in the order of the source, base classes first
    /// @param problems what could not be modelled, a sentence each
    record Composite(
            CompositeKind kind,
            String tag,
            OptionalLong bytes,
            List<Member> members,
            List<String> problems)
            implements CType {
        public Composite {
            members = List.copyOf(members);
            problems = List.copyOf(problems);
        }

        /// Whether only its name is known.
        public boolean isIncomplete() {
            return bytes.isEmpty();
        }
    }

    /// Kinds of types with members.
    enum CompositeKind {
        STRUCT,
        UNION,
        CLASS
    }

    /// An enumeration.
    ///
    /// @param tag its name; empty when it has none
    /// @param bytes its size; empty when only its name is known
    /// @param enumerators in the order of the source
    record Enumeration(String tag, OptionalLong bytes, List<Enumerator> enumerators)
            implements CType {
        public Enumeration {
            enumerators = List.copyOf(enumerators);
        }
    }

    /// An array; one of several dimensions is an array of arrays.
    ///
    /// @param element the type of an element
    /// @param count how many; empty when unknown: a flexible array member, or a length known at run time only
    record Array(TypeReference element, OptionalLong count) implements CType {}

    /// Another name for a type.
    ///
    /// @param label the name
    /// @param target the type
    record Typedef(String label, TypeReference target) implements CType {}

    /// A type with a qualifier.
    ///
    /// @param qualifier the qualifier
    /// @param target the type
    record Qualified(Qualifier qualifier, TypeReference target) implements CType {}

    /// What may stand before a type.
    enum Qualifier {
        CONST,
        VOLATILE,
        RESTRICT,
        ATOMIC
    }

    /// A function.
    ///
    /// @param result what it returns
    /// @param parameters what it takes
    /// @param variadic whether it takes more, `...`
    record Function(TypeReference result, List<TypeReference> parameters, boolean variadic)
            implements CType {
        public Function {
            parameters = List.copyOf(parameters);
        }
    }

    /// Something that could not be modelled.
    ///
    /// @param reason what it is or why it could not be read
    record Unknown(String reason) implements CType {}
}
