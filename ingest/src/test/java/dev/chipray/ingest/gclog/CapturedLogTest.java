package dev.chipray.ingest.gclog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.ingest.ReplayedLives;
import dev.chipray.testkit.CapturedLogs;
import dev.chipray.testkit.GcLogOracle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CapturedLogTest {

    static final List<String> LOGS = CapturedLogs.ALL;

    @ParameterizedTest
    @FieldSource("LOGS")
    void every_event_and_life_is_what_a_plain_reading_of_the_text_gives(String name)
            throws Exception {
        ReplayedLives lives =
                ReplayedLives.of(
                        GcLogSource.of(new ByteArrayInputStream(CapturedLogs.compressed(name))));
        GcLogOracle oracle = GcLogOracle.of(CapturedLogs.text(name));
        assertThat(lives.events).containsExactlyElementsOf(oracle.events());
        assertThat(lives.ended).containsExactlyElementsOf(oracle.ended());
        assertThat(lives.live).containsExactlyElementsOf(oracle.live());
    }

    @ParameterizedTest
    @FieldSource("LOGS")
    void a_file_gives_what_a_stream_gives(String name, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("log"), CapturedLogs.text(name));
        assertThat(ReplayedLives.of(GcLogSource.open(file)).events)
                .isEqualTo(GcLogOracle.of(CapturedLogs.text(name)).events());
    }
}
