package dev.chipray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// Real answers against the schemas of docs/json.md.
class JsonSchemaTest {

    private static void answerFits(String format, String... args) throws IOException {
        Outcome outcome = Outcome.of(args);
        assertThat(outcome.err()).doesNotContain("Exception");
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                Files.readString(
                                        Outcome.HOME.resolve(
                                                "docs/json-schema/" + format + ".schema.json")));
        assertThat(schema.validate(outcome.out(), InputFormat.JSON)).as(outcome.out()).isEmpty();
    }

    @Test
    void answersAreWhatTheirSchemasSay() throws IOException {
        answerFits("report", "report", Outcome.SAMPLE, "--json");
        answerFits("tree", "tree", Outcome.SAMPLE, "--json");
        answerFits(
                "tree",
                "tree",
                Outcome.SAMPLE,
                "--json",
                "--inverted",
                "--metric",
                "temporary",
                "--block-size",
                "16");
        answerFits("leaks", "leaks", Outcome.SAMPLE, "--json");
        answerFits("timeline", "timeline", Outcome.SAMPLE, "--json");
        answerFits("diff", "diff", Outcome.SAMPLE, Outcome.SAMPLE, "--json");
        answerFits(
                "check",
                "check",
                Outcome.SAMPLE,
                "--max-live",
                "1",
                "--max-path-churn",
                "9",
                "--json");
        answerFits("formats", "export", "--list", "--json");
    }

    @Test
    void aSchemaRefusesWhatItDoesNotDescribe() throws IOException {
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                Files.readString(
                                        Outcome.HOME.resolve("docs/json-schema/tree.schema.json")));

        assertThat(schema.validate("{\"format\":\"chipray.tree\",\"version\":1}", InputFormat.JSON))
                .isNotEmpty();
    }
}
