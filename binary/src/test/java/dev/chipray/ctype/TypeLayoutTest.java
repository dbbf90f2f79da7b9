package dev.chipray.ctype;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.ctype.CType.BaseKind;
import dev.chipray.ctype.CType.CompositeKind;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TypeLayoutTest {
    private static final TypeReference INT =
            TypeReference.to(new CType.Base("int", 4, BaseKind.SIGNED));
    private static final TypeReference CHAR =
            TypeReference.to(new CType.Base("char", 1, BaseKind.SIGNED_CHAR));

    private static CType.Composite struct(String tag, long size, Member... members) {
        return new CType.Composite(
                CompositeKind.STRUCT, tag, OptionalLong.of(size), List.of(members), List.of());
    }

    private static Member member(String name, TypeReference type, long bitOffset, int bits) {
        return new Member(name, type, bitOffset, bits, false);
    }

    @Test
    void showsMembersHolesAndPadding() {
        CType inner = struct("point", 8, member("x", INT, 0, 0), member("y", INT, 32, 0));
        CType outer =
                struct(
                        "shape",
                        24,
                        member("kind", CHAR, 0, 0),
                        member("at", TypeReference.to(inner), 32, 0),
                        member("shared", INT, 96, 1),
                        member("marks", INT, 99, 3),
                        member("last", CHAR, 128, 0),
                        member(
                                "text",
                                TypeReference.to(new CType.Array(CHAR, OptionalLong.empty())),
                                136,
                                0));
        assertThat(TypeLayout.of(outer, TypeLayout.ALL_LEVELS).toLines())
                .containsExactly(
                        "struct shape  (24 bytes, 13 of them unused)",
                        "    offset     hex       size",
                        "         0     0x0          1  char kind",
                        "         1     0x1          3  -- hole --",
                        "         4     0x4          8  struct point at",
                        "         4     0x4          4      int x",
                        "         8     0x8          4      int y",
                        "        12     0xc      1 bit  int shared : 1",
                        "      12.1     0xc     2 bits  -- hole --",
                        "      12.3     0xc     3 bits  int marks : 3",
                        "      12.6     0xc    26 bits  -- hole --",
                        "        16    0x10          1  char last",
                        "        17    0x11   flexible  char text[]",
                        "        17    0x11          7  -- padding --");
        assertThat(TypeLayout.of(outer, 1).rows()).noneMatch(row -> row.level() > 0);
        assertThat(TypeLayout.of(outer, 2).rows())
                .extracting(TypeLayout.Row::path)
                .contains("at.x");
    }

    @Test
    void showsValuesOfEnumerations() {
        CType type =
                new CType.Enumeration(
                        "kind",
                        OptionalLong.of(1),
                        List.of(new Enumerator("A", 1), new Enumerator("B", -1)));
        assertThat(TypeLayout.of(type, 1).toLines())
                .containsExactly(
                        "enum kind  (1 byte)",
                        "             1  0x1         A",
                        "            -1  0xffffffffffffffff  B");
    }

    @Test
    void endsOnAStructureThatContainsItself() {
        CType[] self = new CType[1];
        self[0] =
                struct(
                        "loop",
                        8,
                        member("again", TypeReference.lazy(() -> self[0]), 0, 0),
                        member("twice", TypeReference.lazy(() -> self[0]), 0, 0));
        TypeLayout layout = TypeLayout.of(self[0], TypeLayout.ALL_LEVELS);
        assertThat(layout.cut()).isTrue();
        assertThat(layout.toLines().getLast()).isEqualTo("  … more rows than are shown");
    }

    @Test
    void makesNamesSafeForATerminal() {
        CType type = struct("evil", 4, member("a\u001b[2Jb\u202ec", INT, 0, 0));
        assertThat(TypeLayout.of(type, 1).toLines().getLast()).endsWith("int a\\x1b[2Jb\\u202ec");
    }

    @Test
    void writesDeclarationsAroundTheirNames() {
        TypeReference pointer =
                TypeReference.to(
                        new CType.Pointer(
                                CType.PointerKind.POINTER,
                                TypeReference.to(new CType.Function(INT, List.of(CHAR), true)),
                                4));
        CType array = new CType.Array(pointer, OptionalLong.of(3));
        CType type = struct("s", 12, member("handlers", TypeReference.to(array), 0, 0));
        assertThat(TypeLayout.of(type, 1).rows().getFirst().declaration())
                .isEqualTo("int (*handlers[3])(char, ...)");
        CType constant = new CType.Qualified(CType.Qualifier.CONST, pointer);
        assertThat(constant.name()).isEqualTo("int (* const)(char, ...)");
    }
}
