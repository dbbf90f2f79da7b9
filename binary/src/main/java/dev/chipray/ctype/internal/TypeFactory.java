package dev.chipray.ctype.internal;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.ctype.CType;
import dev.chipray.ctype.CType.BaseKind;
import dev.chipray.ctype.CType.CompositeKind;
import dev.chipray.ctype.CType.PointerKind;
import dev.chipray.ctype.CType.Qualifier;
import dev.chipray.ctype.Enumerator;
import dev.chipray.ctype.TypeReference;
import dev.chipray.dwarf.AttributeValue;
import dev.chipray.dwarf.Die;
import dev.chipray.dwarf.DieOffset;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwTag;
import dev.chipray.dwarf.Dwarf;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Makes types from entries of debug information, each one when it is first needed and only once; for any thread.
///
/// An entry that breaks its format becomes a [CType.Unknown] and a diagnostic.
public final class TypeFactory {
    private static final int DIAGNOSTIC_LIMIT = 200;
    private static final TypeReference VOID = TypeReference.to(new CType.VoidType());

    private final Dwarf dwarf;
    private final TypeIndex index;
    private final CompositeReader composites;
    private final Map<DieOffset, TypeReference> references = new ConcurrentHashMap<>();
    private final List<Diagnostic> diagnostics = new CopyOnWriteArrayList<>();

    /// A factory that has made nothing yet.
    public TypeFactory(Dwarf dwarf, TypeIndex index, ByteOrder order) {
        this.dwarf = dwarf;
        this.index = index;
        this.composites = new CompositeReader(this, order);
    }

    /// What could not be read so far.
    public List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    void report(Diagnostic diagnostic) {
        if (diagnostics.size() < DIAGNOSTIC_LIMIT) {
            diagnostics.add(diagnostic);
        }
    }

    /// The type at an offset.
    public TypeReference at(DieOffset offset) {
        return references.computeIfAbsent(
                offset, key -> TypeReference.lazy(() -> guarded(() -> make(dwarf.die(key)))));
    }

    /// The type that an entry's `DW_AT_type` refers to; without one, `void`.
    public TypeReference typeOf(Die die) {
        return switch (die.attribute(DwAt.TYPE)) {
            case AttributeValue.Reference(DieOffset target) -> at(target);
            case AttributeValue.Signature(long signature) ->
                    TypeReference.lazy(() -> guarded(() -> bySignature(signature)));
            case null -> VOID;
            default -> TypeReference.to(new CType.Unknown("a type in another file"));
        };
    }

    /// The type of a variable, which its declaration or abstract instance may say.
    public TypeReference typeOfVariable(Die die) {
        Die at = die;
        for (int i = 0; i < 8; i++) {
            if (at.has(DwAt.TYPE)) {
                return typeOf(at);
            }
            Die origin = at.origin().orElse(null);
            if (origin == null) {
                return VOID;
            }
            at = origin;
        }
        return VOID;
    }

    private CType bySignature(long signature) {
        Die die = dwarf.type(signature).orElse(null);
        return die == null
                ? new CType.Unknown("the type unit 0x%016x, which is missing".formatted(signature))
                : at(die.offset()).get();
    }

    @FunctionalInterface
    private interface Maker {
        CType make();
    }

    private CType guarded(Maker maker) {
        try {
            return maker.make();
        } catch (MalformedException e) {
            report(Diagnostic.of(e));
            return new CType.Unknown("broken debug information: " + e.field());
        }
    }

    private CType make(Die die) {
        int tag = die.tag();
        return switch (tag) {
            case DwTag.BASE_TYPE -> base(die);
            case DwTag.UNSPECIFIED_TYPE -> new CType.Unknown(text(die, "unspecified type"));
            case DwTag.POINTER_TYPE -> pointer(die, PointerKind.POINTER);
            case DwTag.REFERENCE_TYPE -> pointer(die, PointerKind.REFERENCE);
            case DwTag.RVALUE_REFERENCE_TYPE -> pointer(die, PointerKind.RVALUE_REFERENCE);
            case DwTag.PTR_TO_MEMBER_TYPE -> pointer(die, PointerKind.MEMBER);
            case DwTag.STRUCTURE_TYPE, DwTag.INTERFACE_TYPE -> composite(die, CompositeKind.STRUCT);
            case DwTag.CLASS_TYPE -> composite(die, CompositeKind.CLASS);
            case DwTag.UNION_TYPE -> composite(die, CompositeKind.UNION);
            case DwTag.ENUMERATION_TYPE -> enumeration(die);
            case DwTag.ARRAY_TYPE -> array(die);
            case DwTag.TYPEDEF, DwTag.TEMPLATE_ALIAS ->
                    new CType.Typedef(qualifiedName(die), typeOf(die));
            case DwTag.CONST_TYPE, DwTag.IMMUTABLE_TYPE ->
                    new CType.Qualified(Qualifier.CONST, typeOf(die));
            case DwTag.VOLATILE_TYPE -> new CType.Qualified(Qualifier.VOLATILE, typeOf(die));
            case DwTag.RESTRICT_TYPE -> new CType.Qualified(Qualifier.RESTRICT, typeOf(die));
            case DwTag.ATOMIC_TYPE -> new CType.Qualified(Qualifier.ATOMIC, typeOf(die));
            case DwTag.SUBROUTINE_TYPE, DwTag.SUBPROGRAM -> function(die);
            default -> new CType.Unknown("%s %s".formatted(DwTag.name(tag), text(die, "")).strip());
        };
    }

    private static String text(Die die, String otherwise) {
        String name = die.string(DwAt.NAME);
        return name == null ? otherwise : name;
    }

    String qualifiedName(Die die) {
        String qualified = index.qualifiedName(die.offset());
        return qualified == null ? text(die, "") : qualified;
    }

    private static CType base(Die die) {
        long bits = die.number(DwAt.BIT_SIZE, 0);
        long size = die.number(DwAt.BYTE_SIZE, Math.ceilDiv(bits, 8));
        BaseKind kind =
                switch ((int) die.number(DwAt.ENCODING, 0)) {
                    case 0x02 -> BaseKind.BOOLEAN;
                    case 0x03, 0x09 -> BaseKind.COMPLEX;
                    case 0x04, 0x0f -> BaseKind.FLOAT;
                    case 0x05, 0x0d -> BaseKind.SIGNED;
                    case 0x06 -> BaseKind.SIGNED_CHAR;
                    case 0x07, 0x01, 0x0e -> BaseKind.UNSIGNED;
                    case 0x08 -> BaseKind.UNSIGNED_CHAR;
                    case 0x10, 0x11, 0x12 -> BaseKind.CHARACTER;
                    default -> BaseKind.OTHER;
                };
        return new CType.Base(text(die, ""), size, kind);
    }

    private CType pointer(Die die, PointerKind kind) {
        int words =
                kind == PointerKind.MEMBER && typeOf(die).get() instanceof CType.Function ? 2 : 1;
        long size = die.number(DwAt.BYTE_SIZE, (long) words * die.unit().addressSize());
        return new CType.Pointer(kind, typeOf(die), size);
    }

    private CType composite(Die die, CompositeKind kind) {
        CType definition =
                definition(
                        die,
                        kind == CompositeKind.UNION ? TypeIndex.Kind.UNION : TypeIndex.Kind.STRUCT);
        return definition != null ? definition : composites.read(die, kind);
    }

    /// The definition of what is only declared here, wherever in the program it is; null when this is the definition
    /// or there is none.
    private @Nullable CType definition(Die die, TypeIndex.Kind kind) {
        if (!die.flag(DwAt.DECLARATION)) {
            return null;
        }
        if (die.attribute(DwAt.SIGNATURE) instanceof AttributeValue.Signature(long signature)) {
            return bySignature(signature);
        }
        String name = qualifiedName(die);
        if (name.isEmpty()) {
            return null;
        }
        TypeIndex.Entry entry = index.find(name, List.of(kind));
        return entry == null || !entry.definition() ? null : at(entry.offset()).get();
    }

    private CType enumeration(Die die) {
        CType definition = definition(die, TypeIndex.Kind.ENUM);
        if (definition != null) {
            return definition;
        }
        List<Enumerator> enumerators = new ArrayList<>();
        for (Die child : die.children()) {
            if (child.tag() == DwTag.ENUMERATOR) {
                enumerators.add(new Enumerator(text(child, ""), child.number(DwAt.CONST_VALUE, 0)));
            }
        }
        OptionalLong size = DieValues.constant(die, DwAt.BYTE_SIZE);
        if (size.isEmpty() && die.has(DwAt.TYPE)) {
            size = typeOf(die).get().size();
        }
        return new CType.Enumeration(qualifiedName(die), size, enumerators);
    }

    private CType array(Die die) {
        List<OptionalLong> counts = new ArrayList<>();
        for (Die child : die.children()) {
            if (child.tag() == DwTag.SUBRANGE_TYPE || child.tag() == DwTag.ENUMERATION_TYPE) {
                counts.add(count(child));
            }
            if (counts.size() == Sizes.DEPTH_LIMIT) {
                break;
            }
        }
        if (counts.isEmpty()) {
            counts.add(OptionalLong.empty());
        }
        TypeReference element = typeOf(die);
        for (int i = counts.size() - 1; i > 0; i--) {
            element = TypeReference.to(new CType.Array(element, counts.get(i)));
        }
        return new CType.Array(element, counts.getFirst());
    }

    /// The number of elements; none for a flexible array member and for lengths that only a running program knows.
    private static OptionalLong count(Die subrange) {
        if (subrange.attribute(DwAt.COUNT)
                instanceof AttributeValue.Constant(long count, int width, boolean signed)) {
            return positive(signed || width == 0 ? count : bound(count, width));
        }
        if (subrange.attribute(DwAt.UPPER_BOUND)
                instanceof AttributeValue.Constant(long upper, int width, boolean _)) {
            return positive(bound(upper, width) - subrange.number(DwAt.LOWER_BOUND, 0) + 1);
        }
        return OptionalLong.empty();
    }

    /// Compilers write the upper bound of an array without elements as -1, in a form that does not tell its sign.
    private static long bound(long value, int width) {
        return width == 4 && value == 0xffff_ffffL ? -1 : value;
    }

    private static OptionalLong positive(long count) {
        return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
    }

    private CType function(Die die) {
        List<TypeReference> parameters = new ArrayList<>();
        boolean variadic = false;
        for (Die child : die.children()) {
            if (child.tag() == DwTag.FORMAL_PARAMETER) {
                parameters.add(typeOfVariable(child));
            }
            variadic |= child.tag() == DwTag.UNSPECIFIED_PARAMETERS;
        }
        return new CType.Function(typeOf(die), parameters, variadic);
    }
}
