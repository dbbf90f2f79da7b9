package dev.chipray.ctype;

import static dev.chipray.ctype.EntryAssembler.address;
import static dev.chipray.ctype.EntryAssembler.at;
import static dev.chipray.ctype.EntryAssembler.block;
import static dev.chipray.ctype.EntryAssembler.data4;
import static dev.chipray.ctype.EntryAssembler.flag;
import static dev.chipray.ctype.EntryAssembler.name;
import static dev.chipray.ctype.EntryAssembler.number;
import static dev.chipray.ctype.EntryAssembler.reference;
import static dev.chipray.ctype.EntryAssembler.signed;
import static dev.chipray.ctype.EntryAssembler.size;
import static dev.chipray.ctype.EntryAssembler.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwTag;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DwarfTypesTest {
    private static final int LANG_C_PLUS_PLUS = 4;

    private static EntryAssembler base(EntryAssembler to) {
        return to.add("int", DwTag.BASE_TYPE, name("int"), size(4), number(DwAt.ENCODING, 5))
                .add("char", DwTag.BASE_TYPE, name("char"), size(1), number(DwAt.ENCODING, 8));
    }

    private static CType.Composite composite(TypeCatalog types, String name) {
        return (CType.Composite) types.type(name).orElseThrow().stripped();
    }

    private static String layout(TypeCatalog types, String name) {
        StringBuilder text = new StringBuilder();
        for (Member member : composite(types, name).members()) {
            text.append(
                    "%s@%d.%d:%d "
                            .formatted(
                                    member.name(),
                                    member.offset(),
                                    member.bit(),
                                    member.bitSize()));
        }
        return text.toString().strip();
    }

    /// A list node, a table of nodes with an anonymous union, and a variable.
    private static EntryAssembler program(int version) {
        return base(EntryAssembler.arm(version).unit(name("a.c")))
                .open("node", DwTag.STRUCTURE_TYPE, name("node"), size(8))
                .add("", DwTag.MEMBER, name("next"), type("pointer"), at(0))
                .add("", DwTag.MEMBER, name("value"), type("int"), at(4))
                .end()
                .add("pointer", DwTag.POINTER_TYPE, type("node"), size(4))
                .add("node_t", DwTag.TYPEDEF, name("node_t"), type("node"))
                .add("const", DwTag.CONST_TYPE, type("node_t"))
                .open("array", DwTag.ARRAY_TYPE, type("const"))
                .add("", DwTag.SUBRANGE_TYPE, number(DwAt.UPPER_BOUND, 1))
                .add("", DwTag.SUBRANGE_TYPE, number(DwAt.COUNT, 3))
                .end()
                .open("flexible", DwTag.ARRAY_TYPE, type("char"))
                .add("", DwTag.SUBRANGE_TYPE)
                .end()
                .open("union", DwTag.UNION_TYPE, size(4))
                .add("", DwTag.MEMBER, name("number"), type("int"))
                .add("", DwTag.MEMBER, name("letter"), type("char"))
                .end()
                .open("table", DwTag.STRUCTURE_TYPE, name("table"), size(60))
                .add("", DwTag.MEMBER, name("nodes"), type("array"), at(4))
                .add("", DwTag.MEMBER, type("union"), at(52))
                .add("", DwTag.MEMBER, name("text"), type("flexible"), at(60))
                .end()
                .add(
                        "",
                        DwTag.VARIABLE,
                        name("things"),
                        type("table"),
                        block(DwAt.LOCATION, 3, 0x10, 0, 0, 0x20))
                .endUnit();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void followsPaths(int version) {
        DwarfTypes types = program(version).types();
        assertThat(types.offset("things.nodes[1][2].value")).hasValue(4 + 8 * 5 + 4);
        assertThat(types.address("things.nodes[1][2].value")).hasValue(0x2000_0010L + 48);
        assertThat(types.offset("things.letter")).hasValue(52);
        assertThat(types.offset("struct table.text[9]")).hasValue(69);
        assertThat(types.sizeOf("things.nodes")).hasValue(48);
        assertThat(types.sizeOf("node_t")).hasValue(8);
        assertThat(types.sizeOf("table.text")).isEmpty();
        assertThat(types.address("table.nodes")).isEmpty();
        assertThat(types.diagnostics()).isEmpty();
    }

    @Test
    void saysWhyAPathLeadsNowhere() {
        DwarfTypes types = program(4).types();
        assertThat(reason(types, "nothing.at.all"))
                .contains("no variable or type of the name \"nothing\"");
        assertThat(reason(types, "things.node"))
                .endsWith("has no member \"node\"; it has nodes, (union {…}), text");
        assertThat(reason(types, "things.nodes[2]"))
                .isEqualTo("\"things.nodes\" has no element 2; it has 2");
        assertThat(reason(types, "things.nodes[x]"))
                .isEqualTo("\"[x]\" is not a number in brackets");
        assertThat(reason(types, "things.nodes[0"))
                .isEqualTo("there is no ] after \"things.nodes\"");
        assertThat(reason(types, "things.number.x"))
                .isEqualTo("\"things.number\" is int and has no members");
        assertThat(reason(types, "things.number[0]"))
                .isEqualTo("\"things.number\" is int and no array");
        assertThat(reason(types, "node.next->value")).contains("which needs the target's memory");
        assertThat(reason(types, "things.")).isEqualTo("a name is missing after \"things\"");
        assertThat(reason(types, "")).contains("no variable or type");
        assertThat(types.offset("table.text[0x7fffffffffffffff]")).isEmpty();
    }

    private static String reason(TypeCatalog types, String path) {
        return types.resolve(path) instanceof Resolution.Nowhere(String reason)
                ? reason
                : "found " + path;
    }

    @Test
    void namesTypesAsCDoes() {
        DwarfTypes types = program(5).types();
        CType.Composite table = composite(types, "table");
        assertThat(table.members().getFirst().type().get().name()).isEqualTo("const node_t [2][3]");
        assertThat(composite(types, "struct node").members().getFirst().type().get().name())
                .isEqualTo("struct node *");
        assertThat(types.type("node_t").orElseThrow().name()).isEqualTo("node_t");
        assertThat(types.type("union node")).isEmpty();
    }

    @Test
    void readsBitFieldsOfAllThreeEncodings() {
        EntryAssembler old = base(EntryAssembler.arm(2).unit());
        old.open("", DwTag.STRUCTURE_TYPE, name("old"), size(8))
                .add(
                        "",
                        DwTag.MEMBER,
                        name("a"),
                        type("int"),
                        size(4),
                        number(DwAt.BIT_OFFSET, 29),
                        number(DwAt.BIT_SIZE, 3),
                        block(DwAt.DATA_MEMBER_LOCATION, 0x23, 0))
                .add(
                        "",
                        DwTag.MEMBER,
                        name("b"),
                        type("int"),
                        number(DwAt.BIT_OFFSET, 22),
                        number(DwAt.BIT_SIZE, 7),
                        block(DwAt.DATA_MEMBER_LOCATION, 0x23, 4))
                .add(
                        "",
                        DwTag.MEMBER,
                        name("c"),
                        type("char"),
                        size(1),
                        signed(DwAt.BIT_OFFSET, -3),
                        number(DwAt.BIT_SIZE, 4),
                        at(1))
                .end()
                .endUnit();
        assertThat(layout(old.types(), "old")).isEqualTo("a@0.0:3 b@4.3:7 c@1.7:4");

        EntryAssembler recent = base(EntryAssembler.arm(5).unit());
        recent.open("", DwTag.STRUCTURE_TYPE, name("recent"), size(8))
                .add(
                        "",
                        DwTag.MEMBER,
                        name("a"),
                        type("int"),
                        number(DwAt.BIT_SIZE, 3),
                        number(DwAt.DATA_BIT_OFFSET, 0))
                .add(
                        "",
                        DwTag.MEMBER,
                        name("b"),
                        type("int"),
                        number(DwAt.BIT_SIZE, 7),
                        number(DwAt.DATA_BIT_OFFSET, 35))
                .end()
                .endUnit();
        assertThat(layout(recent.types(), "recent")).isEqualTo("a@0.0:3 b@4.3:7");

        EntryAssembler big = base(new EntryAssembler(3, ByteOrder.BIG_ENDIAN, 4).unit());
        big.open("", DwTag.STRUCTURE_TYPE, name("big"), size(4))
                .add(
                        "",
                        DwTag.MEMBER,
                        name("a"),
                        type("int"),
                        size(4),
                        number(DwAt.BIT_OFFSET, 5),
                        number(DwAt.BIT_SIZE, 9),
                        at(0))
                .end()
                .endUnit();
        assertThat(layout(big.types(), "big")).isEqualTo("a@0.5:9");
    }

    @Test
    void findsTheDefinitionOfADeclarationInAnotherUnit() {
        EntryAssembler program = base(EntryAssembler.arm(4).unit());
        program.add("declared", DwTag.STRUCTURE_TYPE, name("hidden"), flag(DwAt.DECLARATION))
                .add("opaque", DwTag.TYPEDEF, name("opaque"), type("declared"))
                .add("", DwTag.STRUCTURE_TYPE, name("nowhere"), flag(DwAt.DECLARATION))
                .add(
                        "",
                        DwTag.VARIABLE,
                        name("declared"),
                        type("opaque"),
                        flag(DwAt.EXTERNAL),
                        flag(DwAt.DECLARATION))
                .add(
                        "",
                        DwTag.VARIABLE,
                        name("both"),
                        type("opaque"),
                        flag(DwAt.EXTERNAL),
                        flag(DwAt.DECLARATION))
                .endUnit();
        base(program.unit())
                .open("", DwTag.STRUCTURE_TYPE, name("hidden"), size(4))
                .add("", DwTag.MEMBER, name("inside"), type("int"), at(0))
                .end()
                .add(
                        "late",
                        DwTag.VARIABLE,
                        name("both"),
                        type("int"),
                        block(DwAt.LOCATION, 3, 0, 1, 0, 0x20))
                .endUnit();
        DwarfTypes types = program.types();
        assertThat(layout(types, "opaque")).isEqualTo("inside@0.0:0");
        assertThat(composite(types, "nowhere").isIncomplete()).isTrue();
        assertThat(reason(types, "nowhere.x"))
                .endsWith("which the debug information only declares");
        assertThat(types.variable("both").orElseThrow().address()).hasValue(0x2000_0100L);
        assertThat(types.variable("both").orElseThrow().declaration()).isFalse();
        assertThat(types.address("declared.inside")).hasValue(0x2000_0100L);
        assertThat(types.variable("declared").orElseThrow().declaration()).isTrue();
    }

    @Test
    void readsEnumerationsAndFindsTheirValues() {
        EntryAssembler program = base(EntryAssembler.arm(4).unit());
        program.open("", DwTag.ENUMERATION_TYPE, name("kind"), size(1))
                .add("", DwTag.ENUMERATOR, name("FIRST"), number(DwAt.CONST_VALUE, 0))
                .add("", DwTag.ENUMERATOR, name("LAST"), signed(DwAt.CONST_VALUE, -2))
                .end()
                .open("", DwTag.ENUMERATION_TYPE, type("char"))
                .add("", DwTag.ENUMERATOR, name("NAMELESS"), data4(DwAt.CONST_VALUE, 0x8000_0000L))
                .end()
                .endUnit();
        DwarfTypes types = program.types();
        assertThat(types.enumerator("LAST")).hasValue(-2);
        assertThat(types.enumerator("NAMELESS")).hasValue(0x8000_0000L);
        assertThat(types.enumerator("OTHER")).isEmpty();
        assertThat(types.sizeOf("enum kind")).hasValue(1);
        assertThat(types.namelessEnumerations())
                .singleElement()
                .satisfies(nameless -> assertThat(nameless.bytes()).hasValue(1));
    }

    @Test
    void readsArraysWithoutElementsAndOfUnknownLength() {
        EntryAssembler program = base(EntryAssembler.arm(4).unit());
        program.open("none", DwTag.ARRAY_TYPE, type("int"))
                .add("", DwTag.SUBRANGE_TYPE, data4(DwAt.UPPER_BOUND, 0xffff_ffffL))
                .end()
                .open("variable", DwTag.ARRAY_TYPE, type("int"))
                .add("", DwTag.SUBRANGE_TYPE, block(DwAt.UPPER_BOUND, 0x91, 0))
                .end()
                .open("huge", DwTag.ARRAY_TYPE, type("int"))
                .add("", DwTag.SUBRANGE_TYPE, number(DwAt.COUNT, Long.MAX_VALUE))
                .add("", DwTag.SUBRANGE_TYPE, number(DwAt.COUNT, Long.MAX_VALUE))
                .end()
                .add("", DwTag.TYPEDEF, name("none"), type("none"))
                .add("", DwTag.TYPEDEF, name("variable"), type("variable"))
                .add("", DwTag.TYPEDEF, name("huge"), type("huge"))
                .endUnit();
        DwarfTypes types = program.types();
        assertThat(types.sizeOf("none")).hasValue(0);
        assertThat(types.sizeOf("variable")).isEmpty();
        assertThat(types.sizeOf("huge")).isEmpty();
        assertThat(types.offset("huge[4611686018427387904]")).isEmpty();
    }

    @Test
    void readsClassesWithBasesAndNamespaces() {
        EntryAssembler program =
                base(EntryAssembler.arm(4).unit(number(DwAt.LANGUAGE, LANG_C_PLUS_PLUS)));
        program.open("", DwTag.NAMESPACE, name("zoo"))
                .open("animal", DwTag.CLASS_TYPE, name("Animal"), size(4))
                .add("", DwTag.MEMBER, name("legs"), type("int"), at(0))
                .add(
                        "",
                        DwTag.MEMBER,
                        name("born"),
                        type("int"),
                        flag(DwAt.EXTERNAL),
                        flag(DwAt.DECLARATION))
                .add("", DwTag.TYPEDEF, name("inner"), type("int"))
                .end()
                .open("", DwTag.CLASS_TYPE, name("Dog"), size(12))
                .add("", DwTag.INHERITANCE, type("animal"), at(4))
                .add(
                        "",
                        DwTag.INHERITANCE,
                        type("animal"),
                        number(DwAt.VIRTUALITY, 1),
                        block(DwAt.DATA_MEMBER_LOCATION, 0x12, 0x06, 0x22))
                .add("", DwTag.MEMBER, name("tail"), type("int"), at(8))
                .end()
                .add(
                        "variable",
                        DwTag.VARIABLE,
                        name("first"),
                        type("animal"),
                        flag(DwAt.DECLARATION))
                .end()
                .add(
                        "",
                        DwTag.VARIABLE,
                        reference(DwAt.SPECIFICATION, "variable"),
                        block(DwAt.LOCATION, 3, 0, 0, 0, 0x30))
                .endUnit();
        DwarfTypes types = program.types();
        assertThat(types.offset("zoo::Dog.legs")).hasValue(4);
        assertThat(types.offset("Dog.tail")).hasValue(8);
        assertThat(composite(types, "zoo::Dog").problems())
                .containsExactly("a virtual base class, which has no fixed place, is left out");
        assertThat(types.type("zoo::Animal").orElseThrow().name()).isEqualTo("class zoo::Animal");
        assertThat(types.sizeOf("zoo::Animal::inner")).hasValue(4);
        assertThat(layout(types, "Animal")).isEqualTo("legs@0.0:0");
        assertThat(types.address("zoo::first.legs")).hasValue(0x3000_0000L);
    }

    @Test
    void keepsWhatItCouldNotModel() {
        EntryAssembler program = base(EntryAssembler.arm(4).unit());
        program.open("", DwTag.STRUCTURE_TYPE, name("odd"), size(16))
                .add("", DwTag.MEMBER, name("good"), type("int"), at(0))
                .add(
                        "",
                        DwTag.MEMBER,
                        name("floating"),
                        type("int"),
                        block(DwAt.DATA_MEMBER_LOCATION, 0x9c))
                .add(
                        "",
                        DwTag.MEMBER,
                        name("wide"),
                        type("int"),
                        number(DwAt.BIT_SIZE, 1 << 20),
                        at(0))
                .add(
                        "",
                        DwTag.MEMBER,
                        name("far"),
                        type("int"),
                        number(DwAt.DATA_MEMBER_LOCATION, Long.MAX_VALUE))
                .add("", DwTag.VARIANT_PART)
                .add("", DwTag.MEMBER, name("set"), type("set"), at(4))
                .end()
                .add("set", DwTag.SET_TYPE, name("letters"))
                .add("loop", DwTag.TYPEDEF, name("loop"), type("loop"))
                .open("rows", DwTag.ARRAY_TYPE, type("rows"))
                .add("", DwTag.SUBRANGE_TYPE, number(DwAt.COUNT, 2))
                .end()
                .add("", DwTag.TYPEDEF, name("rows"), type("rows"))
                .endUnit();
        DwarfTypes types = program.types();
        assertThat(layout(types, "odd")).isEqualTo("good@0.0:0 set@4.0:0");
        assertThat(composite(types, "odd").problems())
                .containsExactly(
                        "floating has a place that only a running program knows",
                        "wide has the impossible width of 1048576 bits",
                        "far has the impossible offset 0x7fffffffffffffff",
                        "its variants are not modelled");
        assertThat(composite(types, "odd").members().getLast().type().get())
                .isEqualTo(new CType.Unknown("DW_TAG_set_type letters"));
        assertThat(types.type("loop").orElseThrow().stripped().name())
                .contains("lead back to themselves");
        assertThat(types.sizeOf("loop")).isEmpty();
        assertThat(types.sizeOf("rows")).isEmpty();
        assertThat(types.type("rows").orElseThrow().stripped().name()).contains("…");
        assertThat(TypeLayout.of(types.type("rows").orElseThrow(), 16).rows()).isEmpty();
    }

    @Test
    void tellsDifferentDefinitionsOfANameApart() {
        EntryAssembler program = base(EntryAssembler.arm(4).unit());
        for (int i = 0; i < 3; i++) {
            program.open("", DwTag.STRUCTURE_TYPE, name("same"), size(8))
                    .add("", DwTag.MEMBER, name("x"), type("int"), at(i == 2 ? 4 : 0))
                    .end();
        }
        DwarfTypes types = program.endUnit().types();
        assertThat(types.types("same")).hasSize(2);
        assertThat(types.offset("same.x")).hasValue(0);
    }

    @Test
    void findsThreadLocalVariablesWithoutAddress() {
        EntryAssembler program = base(EntryAssembler.arm(4).unit(address(DwAt.LOW_PC, 0)));
        program.add(
                        "",
                        DwTag.VARIABLE,
                        name("mine"),
                        type("int"),
                        block(DwAt.LOCATION, 0x0e, 4, 0, 0, 0, 0, 0, 0, 0, 0xe0))
                .endUnit();
        assertThat(program.types().variable("mine").orElseThrow().address()).isEmpty();
    }

    @Test
    void neverFailsOnDamagedSections() {
        Random random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            EntryAssembler program = program(2 + round % 4);
            byte[] section = program.section();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                section[random.nextInt(section.length)] = (byte) random.nextInt();
            }
            DwarfTypes types = program.types(section);
            for (String name : types.typeNames()) {
                for (CType type : types.types(name)) {
                    assertThat(TypeLayout.of(type, 16).toLines()).isNotEmpty();
                }
            }
            types.resolve("things.nodes[1][2].value");
            types.variable("things");
            types.enumerator("X");
            assertThat(new ProfileBuilder(types).addType("table").toJson()).isNotEmpty();
        }
    }
}
