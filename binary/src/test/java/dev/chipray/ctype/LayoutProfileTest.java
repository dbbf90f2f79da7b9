package dev.chipray.ctype;

import static dev.chipray.ctype.EntryAssembler.at;
import static dev.chipray.ctype.EntryAssembler.name;
import static dev.chipray.ctype.EntryAssembler.number;
import static dev.chipray.ctype.EntryAssembler.size;
import static dev.chipray.ctype.EntryAssembler.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.UnsupportedException;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwTag;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayoutProfileTest {

    /// A program that looks like MicroPython as far as names go.
    private static DwarfTypes program() {
        return EntryAssembler.arm(4)
                .unit(name("mpstate.c"))
                .add(
                        "int",
                        DwTag.BASE_TYPE,
                        name("unsigned int"),
                        size(4),
                        number(DwAt.ENCODING, 7))
                .add("size_t", DwTag.TYPEDEF, name("size_t"), type("int"))
                .open("map", DwTag.STRUCTURE_TYPE, name("_mp_map_t"), size(12))
                .add(
                        "",
                        DwTag.MEMBER,
                        name("fixed"),
                        type("size_t"),
                        number(DwAt.BIT_SIZE, 1),
                        number(DwAt.DATA_BIT_OFFSET, 1))
                .add(
                        "",
                        DwTag.MEMBER,
                        name("used"),
                        type("size_t"),
                        number(DwAt.BIT_SIZE, 29),
                        number(DwAt.DATA_BIT_OFFSET, 3))
                .add("", DwTag.MEMBER, name("table"), type("pointer"), at(8))
                .end()
                .add("pointer", DwTag.POINTER_TYPE, type("element"), size(4))
                .open("element", DwTag.STRUCTURE_TYPE, name("_mp_map_elem_t"), size(8))
                .add("", DwTag.MEMBER, name("key"), type("void pointer"), at(0))
                .add("", DwTag.MEMBER, name("handler"), type("function pointer"), at(4))
                .end()
                .add("void pointer", DwTag.POINTER_TYPE)
                .add("function pointer", DwTag.POINTER_TYPE, type("function"))
                .open("function", DwTag.SUBROUTINE_TYPE, type("int"))
                .add("", DwTag.FORMAL_PARAMETER, type("void pointer"))
                .add("", DwTag.UNSPECIFIED_PARAMETERS)
                .end()
                .open("state", DwTag.STRUCTURE_TYPE, name("_mp_state_ctx_t"), size(40))
                .add("", DwTag.MEMBER, name("dict"), type("map"), at(4))
                .add("", DwTag.MEMBER, type("choice"), at(16))
                .add("", DwTag.MEMBER, name("stack"), type("stack"), at(20))
                .end()
                .open("choice", DwTag.UNION_TYPE, size(4))
                .add("", DwTag.MEMBER, name("one"), type("int"))
                .add("", DwTag.MEMBER, name("two"), type("const"))
                .end()
                .add("const", DwTag.CONST_TYPE, type("int"))
                .open("stack", DwTag.ARRAY_TYPE, type("int"))
                .add("", DwTag.SUBRANGE_TYPE, number(DwAt.COUNT, 5))
                .end()
                .add(
                        "",
                        DwTag.VARIABLE,
                        name("mp_state_ctx"),
                        type("state"),
                        EntryAssembler.block(DwAt.LOCATION, 3, 0, 0, 0, 0x20))
                .open("", DwTag.ENUMERATION_TYPE, size(1))
                .add("", DwTag.ENUMERATOR, name("MP_CODE_BYTECODE"), number(DwAt.CONST_VALUE, 2))
                .add("", DwTag.ENUMERATOR, name("MP_QSTR_x"), number(DwAt.CONST_VALUE, 9))
                .end()
                .open("", DwTag.ENUMERATION_TYPE, name("_mp_kind_t"), size(1))
                .add("", DwTag.ENUMERATOR, name("KIND_A"), number(DwAt.CONST_VALUE, 7))
                .end()
                .endUnit()
                .types();
    }

    private static final List<String> PATHS =
            List.of(
                    "mp_state_ctx.dict.table",
                    "mp_state_ctx.dict.used",
                    "mp_state_ctx.two",
                    "mp_state_ctx.stack[3]",
                    "struct _mp_map_elem_t.handler",
                    "_mp_map_t.fixed",
                    "size_t",
                    "mp_state_ctx.nothing");

    @Test
    void answersLikeTheDebugInformationItWasMadeFrom() {
        DwarfTypes types = program();
        String json =
                ProfileBuilder.ofInterpreter(types)
                        .orElseThrow()
                        .name("MicroPython of a test")
                        .source("a test")
                        .toJson();
        LayoutProfile profile = LayoutProfile.parse(json, "profile.json");
        assertThat(profile.name()).isEqualTo("MicroPython of a test");
        assertThat(profile.source()).isEqualTo("a test");
        assertThat(profile.target()).isEqualTo(types.target());
        for (String path : PATHS) {
            assertThat(profile.offset(path)).as(path).isEqualTo(types.offset(path));
            assertThat(profile.sizeOf(path)).as(path).isEqualTo(types.sizeOf(path));
            if (types.resolve(path) instanceof Resolution.Place expected) {
                Resolution.Place actual = (Resolution.Place) profile.resolve(path);
                assertThat(actual.bit()).isEqualTo(expected.bit());
                assertThat(actual.bitSize()).isEqualTo(expected.bitSize());
                assertThat(actual.type().name()).isEqualTo(expected.type().name());
                assertThat(actual.address()).isEmpty();
            }
        }
        assertThat(profile.enumerator("MP_CODE_BYTECODE")).hasValue(2);
        assertThat(profile.enumerator("KIND_A")).hasValue(7);
        assertThat(profile.enumerator("MP_QSTR_x")).isEmpty();
        for (String name : profile.typeNames()) {
            assertThat(TypeLayout.of(profile.type(name).orElseThrow(), 16))
                    .isEqualTo(TypeLayout.of(types.type(name).orElseThrow(), 16));
        }
    }

    @Test
    void isTheSameEachTimeAndAfterReadingItBack() {
        String first = ProfileBuilder.ofInterpreter(program()).orElseThrow().toJson();
        assertThat(ProfileBuilder.ofInterpreter(program()).orElseThrow().toJson()).isEqualTo(first);
        LayoutProfile profile = LayoutProfile.parse(first, "profile.json");
        ProfileBuilder again = new ProfileBuilder(profile);
        profile.typeNames().forEach(again::addType);
        again.addVariable("mp_state_ctx").addEnumerator(new Enumerator("MP_CODE_BYTECODE", 2));
        assertThat(again.toJson()).isEqualTo(first);
    }

    @Test
    void refusesWhatIsNoProfile() {
        for (String text :
                List.of(
                        "",
                        "[]",
                        "{}",
                        "{\"format\": \"x\"}",
                        "nul",
                        "{\"a\":1,}",
                        "1 2",
                        "\"\\x\"",
                        "[1,",
                        "{\"a\"}")) {
            assertThatThrownBy(() -> LayoutProfile.parse(text, "p"))
                    .as(text)
                    .isInstanceOf(MalformedException.class);
        }
        String head = "{\"format\": \"chipray-layout-profile\", \"version\": ";
        assertThatThrownBy(() -> LayoutProfile.parse(head + "2, \"pointer_size\": 4}", "p"))
                .isInstanceOf(UnsupportedException.class);
        assertThatThrownBy(() -> LayoutProfile.parse(head + "1, \"pointer_size\": 99}", "p"))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> LayoutProfile.parse("[".repeat(100_000), "p"))
                .isInstanceOf(MalformedException.class);
        assertThat(LayoutProfile.parse(head + "1, \"pointer_size\": 8}", "p").typeNames())
                .isEmpty();
    }

    @Test
    void keepsWhatAProfileSaysInAnUnknownForm() {
        LayoutProfile profile =
                LayoutProfile.parse(
                        """
                        {"format": "chipray-layout-profile", "version": 1, "pointer_size": 4, "later": [1.5e3, null],
                         "types": {"struct s": {"kind": "struct", "size": 8, "members": [
                            {"name": "a", "offset": 0, "type": "absent"},
                            {"name": "b", "type": "s"},
                            {"name": "c", "offset": 4, "type": {"kind": "new"}}, 7]},
                          "t": {"kind": "typedef", "type": "t"}, "u": 5}}
                        """,
                        "p");
        CType.Composite type = (CType.Composite) profile.type("s").orElseThrow();
        assertThat(type.members()).extracting(Member::name).containsExactly("a", "c");
        assertThat(type.problems()).hasSize(2);
        assertThat(type.members().getFirst().type().get().name())
                .isEqualTo("(absent, which is not in the layout profile)");
        assertThat(profile.sizeOf("t")).isEmpty();
        assertThat(profile.type("u")).isEmpty();
    }

    @Test
    void neverFailsInAnotherWayOnDamagedText() {
        String json = ProfileBuilder.ofInterpreter(program()).orElseThrow().toJson();
        Random random = new Random(3);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder damaged = new StringBuilder(json);
            for (int i = 0; i < 3; i++) {
                damaged.setCharAt(
                        random.nextInt(json.length()), "{}[],:\"0a-".charAt(random.nextInt(10)));
            }
            try {
                LayoutProfile profile = LayoutProfile.parse(damaged.toString(), "p");
                for (String name : profile.typeNames()) {
                    profile.type(name).ifPresent(type -> TypeLayout.of(type, 16).toLines());
                }
            } catch (MalformedException | UnsupportedException _) {
                // The errors it may throw.
            }
        }
    }
}
