package dev.chipray.ctype.internal;

import dev.chipray.ctype.CType;
import dev.chipray.ctype.CType.CompositeKind;
import dev.chipray.ctype.Enumerator;
import dev.chipray.ctype.Member;
import dev.chipray.ctype.TypeLayout;
import dev.chipray.ctype.TypeLayout.Kind;
import dev.chipray.ctype.TypeLayout.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Makes the rows of a layout; for one thread, once.
public final class LayoutRows {
    private static final int ROW_LIMIT = 20_000;

    private final int levels;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long padding; // in bits
    private boolean cut;

    private LayoutRows(int levels) {
        this.levels = Math.clamp(levels, 1, TypeLayout.ALL_LEVELS);
    }

    /// The layout of a type.
    public static TypeLayout of(CType type, int levels) {
        LayoutRows maker = new LayoutRows(levels);
        CType stripped = type.stripped();
        switch (stripped) {
            case CType.Composite composite -> maker.members(composite, 0, 0, "");
            case CType.Enumeration enumeration -> maker.enumerators(enumeration);
            case CType.Array array -> {
                if (array.element().get().stripped() instanceof CType.Composite composite) {
                    maker.members(composite, 0, 0, "[0]");
                }
            }
            case CType.Unknown unknown -> maker.problems.add(unknown.reason());
            case CType.VoidType _,
                    CType.Base _,
                    CType.Pointer _,
                    CType.Function _,
                    CType.Typedef _,
                    CType.Qualified _ -> {}
        }
        String name = type.name();
        String meaning = stripped.name();
        return new TypeLayout(
                name.equals(meaning) || meaning.endsWith("{…}") ? name : name + " = " + meaning,
                type.size(),
                maker.rows,
                maker.padding / 8,
                maker.problems,
                maker.cut);
    }

    private void enumerators(CType.Enumeration enumeration) {
        for (Enumerator value : enumeration.enumerators()) {
            add(
                    new Row(
                            0,
                            Kind.ENUMERATOR,
                            value.value(),
                            0,
                            value.name(),
                            value.name(),
                            "",
                            value.name()));
        }
    }

    private void add(Row row) {
        if (rows.size() < ROW_LIMIT) {
            rows.add(row);
        } else {
            cut = true;
        }
    }

    private void members(CType.Composite composite, int level, long start, String path) {
        for (String problem : composite.problems()) {
            problems.add(path.isEmpty() ? problem : path + ": " + problem);
        }
        long end = 0;
        for (Member member : composite.members()) {
            if (cut) {
                return;
            }
            boolean sequential = composite.kind() != CompositeKind.UNION;
            if (sequential && member.bitOffset() > end) {
                hole(Kind.HOLE, level, start + end, member.bitOffset() - end);
            }
            long size = bits(member);
            member(member, size, level, start, path);
            long memberEnd = member.bitOffset() + Math.max(0, size);
            end = sequential && memberEnd >= 0 ? Math.max(end, memberEnd) : end;
        }
        boolean hasMembers =
                !composite.members().isEmpty() && composite.kind() != CompositeKind.UNION;
        if (hasMembers
                && composite.bytes().isPresent()
                && composite.bytes().getAsLong() <= Long.MAX_VALUE / 8) {
            long whole = 8 * composite.bytes().getAsLong();
            if (whole > end) {
                hole(Kind.PADDING, level, start + end, whole - end);
            }
        }
    }

    private void hole(Kind kind, int level, long bitOffset, long bits) {
        if (level == 0) {
            padding += bits;
        }
        add(new Row(level, kind, bitOffset, bits, "", "", "", ""));
    }

    private static long bits(Member member) {
        if (member.isBitField()) {
            return member.bitSize();
        }
        OptionalLong size = member.type().get().size();
        return size.isPresent() && size.getAsLong() <= Long.MAX_VALUE / 8
                ? 8 * size.getAsLong()
                : -1;
    }

    private void member(Member member, long size, int level, long start, String path) {
        CType type = member.type().get();
        String separator = path.isEmpty() ? "" : ".";
        String memberPath = member.isTransparent() ? path : path + separator + member.name();
        String declaration = Naming.declaration(type, member.name());
        Kind kind =
                member.baseClass()
                        ? Kind.BASE_CLASS
                        : member.isBitField() ? Kind.BIT_FIELD : Kind.MEMBER;
        if (member.isBitField()) {
            declaration += " : " + member.bitSize();
        }
        long bitOffset = start + member.bitOffset();
        add(
                new Row(
                        level,
                        kind,
                        bitOffset,
                        size,
                        member.name(),
                        memberPath,
                        type.name(),
                        declaration));
        if (level + 1 >= levels) {
            return;
        }
        CType inner = type.stripped();
        String innerPath = memberPath;
        if (inner instanceof CType.Array array) {
            inner = array.element().get().stripped();
            innerPath = memberPath + "[0]";
        }
        if (inner instanceof CType.Composite composite) {
            members(composite, level + 1, bitOffset, innerPath);
        }
    }
}
