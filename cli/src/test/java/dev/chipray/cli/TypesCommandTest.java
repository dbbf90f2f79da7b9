package dev.chipray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.chipray.testkit.Firmware;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypesCommandTest {
    private static final String PROFILE =
            """
            {"format": "chipray-layout-profile", "version": 1, "name": "test", "pointer_size": 4,
             "variables": {"state": "struct state"},
             "types": {
               "int": {"kind": "base", "size": 4, "encoding": "signed"},
               "char": {"kind": "base", "size": 1, "encoding": "signed_char"},
               "enum kind": {"kind": "enum", "size": 1, "values": {"A": 0, "B": 5}},
               "struct state": {"kind": "struct", "size": 8, "members": [
                 {"name": "letter", "offset": 0, "type": "char"},
                 {"name": "number", "offset": 4, "type": "int"}]}}}
            """;

    @TempDir Path folder;
    private String profile = "";

    @BeforeEach
    void writeTheProfile() throws IOException {
        Path file = folder.resolve("profile.json");
        Files.writeString(file, PROFILE);
        profile = file.toString();
    }

    @Test
    void showsMembersAndHoles() throws IOException {
        Outcome outcome = Outcome.of("types", profile, "state");
        assertThat(outcome.status()).isEqualTo(ExitStatus.ANSWERED);
        assertThat(outcome.out().lines())
                .containsExactly(
                        "struct state  (8 bytes, 3 of them unused)",
                        "    offset     hex       size",
                        "         0     0x0          1  char letter",
                        "         1     0x1          3  -- hole --",
                        "         4     0x4          4  int number");
    }

    @Test
    void followsPathsAndListsNames() throws IOException {
        assertThat(Outcome.of("types", profile, "state.number").out().lines())
                .containsExactly("int  (4 bytes)", "  state.number has offset 4 (0x4)");
        assertThat(Outcome.of("types", profile, "*").out().lines())
                .containsExactly(
                        "         1  char",
                        "         1  enum kind",
                        "         4  int",
                        "         8  struct state");
    }

    @Test
    void saysWhatIsNotThere() throws IOException {
        Outcome outcome = Outcome.of("types", profile, "state.nothing");
        assertThat(outcome.status()).isEqualTo(ExitStatus.NO_ANSWER);
        assertThat(outcome.err()).contains("has no member \"nothing\"; it has letter, number");
        assertThat(Outcome.of("types", profile, "--profile").err())
                .contains("is a layout profile already");
        assertThat(Outcome.of("types", profile, "state", "-o", "x").status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(Outcome.of("types", folder.resolve("absent").toString(), "x").err())
                .contains("there is no such file");
    }

    @Test
    void answersInJsonAsTheSchemaSays() throws IOException {
        for (String name : new String[] {"state", "enum kind", "*"}) {
            Outcome outcome = Outcome.of("types", profile, name, "--json");
            assertThat(
                            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                                    .getSchema(
                                            Files.readString(
                                                    Outcome.HOME.resolve(
                                                            "docs/json-schema/types.schema.json")))
                                    .validate(outcome.out(), InputFormat.JSON))
                    .as(outcome.out())
                    .isEmpty();
        }
    }

    @Test
    void writesAProfileOfAFirmwareThatAnswersLikeTheFirmware() throws IOException {
        String firmware = Firmware.find("microbit-micropython.elf").toString();
        Path written = folder.resolve("microbit.json");
        Outcome outcome =
                Outcome.of(
                        "types",
                        firmware,
                        "--profile",
                        "--name",
                        "micro:bit",
                        "-o",
                        written.toString());
        assertThat(outcome.status()).isEqualTo(ExitStatus.ANSWERED);
        for (String type :
                new String[] {"mp_obj_dict_t", "mp_obj_type_t", "mp_code_state_t", "qstr_pool_t"}) {
            assertThat(Outcome.of("types", written.toString(), type).out())
                    .isEqualTo(Outcome.of("types", firmware, type).out());
        }
    }
}
