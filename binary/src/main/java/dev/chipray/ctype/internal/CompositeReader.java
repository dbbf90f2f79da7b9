package dev.chipray.ctype.internal;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.ctype.CType;
import dev.chipray.ctype.CType.CompositeKind;
import dev.chipray.ctype.Member;
import dev.chipray.ctype.TypeReference;
import dev.chipray.dwarf.AttributeValue;
import dev.chipray.dwarf.Die;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwTag;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads the members of structures, unions and classes; stateless but for the factory it belongs to.
final class CompositeReader {
    /// No target type has fields as wide as this.
    private static final long LARGEST_BIT_SIZE = 1 << 16;

    private final TypeFactory factory;
    private final boolean bigEndian;

    CompositeReader(TypeFactory factory, ByteOrder order) {
        this.factory = factory;
        this.bigEndian = order == ByteOrder.BIG_ENDIAN;
    }

    CType read(Die die, CompositeKind kind) {
        List<String> problems = new ArrayList<>();
        OptionalLong size = DieValues.constant(die, DwAt.BYTE_SIZE);
        if (size.isPresent() && size.getAsLong() < 0) {
            problems.add("its size 0x%x is impossible".formatted(size.getAsLong()));
            size = OptionalLong.empty();
        } else if (size.isEmpty() && !die.flag(DwAt.DECLARATION)) {
            problems.add("its size is not a constant");
        }
        List<Member> members = new ArrayList<>();
        try {
            for (Die child : die.children()) {
                Member member = member(child, kind, problems);
                if (member != null) {
                    members.add(member);
                }
            }
        } catch (MalformedException e) {
            factory.report(Diagnostic.of(e));
            problems.add(
                    "its debug information is broken after %d members: %s"
                            .formatted(members.size(), e.field()));
        }
        return new CType.Composite(kind, factory.qualifiedName(die), size, members, problems);
    }

    private @Nullable Member member(Die die, CompositeKind kind, List<String> problems) {
        switch (die.tag()) {
            case DwTag.MEMBER, DwTag.INHERITANCE -> {
                // Static members of a class are variables.
                return die.has(DwAt.EXTERNAL) || die.has(DwAt.DECLARATION)
                        ? null
                        : placed(die, kind, problems);
            }
            case DwTag.VARIANT_PART -> problems.add("its variants are not modelled");
            default -> {
                // Nested types, functions and template parameters take no space.
            }
        }
        return null;
    }

    private @Nullable Member placed(Die die, CompositeKind kind, List<String> problems) {
        String ownName = die.string(DwAt.NAME);
        boolean baseClass = die.tag() == DwTag.INHERITANCE;
        String name = ownName == null || baseClass ? "" : ownName;
        TypeReference type = factory.typeOf(die);
        String shown = baseClass ? "base class" : name.isEmpty() ? "an anonymous member" : name;
        long bitSize = die.number(DwAt.BIT_SIZE, 0);
        if (bitSize < 0 || bitSize > LARGEST_BIT_SIZE) {
            problems.add("%s has the impossible width of %d bits".formatted(shown, bitSize));
            return null;
        }
        if (die.has(DwAt.DATA_BIT_OFFSET)) {
            OptionalLong offset = DieValues.constant(die, DwAt.DATA_BIT_OFFSET);
            if (offset.isEmpty()) {
                problems.add(shown + " has a place that only a running program knows");
                return null;
            }
            // Since DWARF 4 counted from the start of the whole; some producers give a byte offset
            // beside it.
            long base = 8 * location(die).orElse(0);
            return new Member(name, type, base + offset.getAsLong(), (int) bitSize, baseClass);
        }
        OptionalLong location = location(die);
        if (location.isEmpty() && die.has(DwAt.DATA_MEMBER_LOCATION)) {
            problems.add(
                    baseClass && die.has(DwAt.VIRTUALITY)
                            ? "a virtual base class, which has no fixed place, is left out"
                            : shown + " has a place that only a running program knows");
            return null;
        }
        if (location.isEmpty() && kind != CompositeKind.UNION && bitSize == 0 && !baseClass) {
            problems.add(shown + " has no place");
        }
        long start = location.orElse(0);
        if (start < 0 || start > Long.MAX_VALUE / 16) {
            problems.add("%s has the impossible offset 0x%x".formatted(shown, start));
            return null;
        }
        return new Member(
                name, type, 8 * start + storageBit(die, type, bitSize), (int) bitSize, baseClass);
    }

    private static OptionalLong location(Die die) {
        return die.attribute(DwAt.DATA_MEMBER_LOCATION) == null
                ? OptionalLong.empty()
                : DieValues.constant(die, DwAt.DATA_MEMBER_LOCATION, 0);
    }

    /// The first bit of a bit field within its storage unit, which DWARF 2 and 3 count from the most significant bit
    /// on every target; newer producers for old versions write it as a negative number, too.
    private long storageBit(Die die, TypeReference type, long bitSize) {
        if (bitSize == 0
                || !(die.attribute(DwAt.BIT_OFFSET) instanceof AttributeValue.Constant constant)) {
            return 0;
        }
        long fromTop =
                constant.signed() || constant.width() == 0 ? constant.value() : constant.asSigned();
        if (bigEndian) {
            return fromTop;
        }
        long size = die.number(DwAt.BYTE_SIZE, -1);
        if (size < 0) {
            size = type.get().size().orElse(0);
        }
        return 8 * size - fromTop - bitSize;
    }
}
