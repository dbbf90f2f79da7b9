package dev.chipray.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chipray.ingest.Formats;
import dev.chipray.ingest.gclog.GcLogSource;
import dev.chipray.trace.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// Logs of GC activity of any bytes, and of bytes that stand for parts of logs.
class GcLogFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anyBytesGiveEventsOrAnInputException(byte[] bytes) throws IOException {
        read(bytes);
        read(LogTexts.expand(bytes));
    }

    private static void read(byte[] bytes) throws IOException {
        var first = SourceChecks.read(GcLogSource.of(new ByteArrayInputStream(bytes)));
        try {
            var recognised = Formats.open(new ByteArrayInputStream(bytes));
            if (recognised instanceof GcLogSource) {
                assertThat(SourceChecks.read(recognised)).isEqualTo(first);
            }
        } catch (InputException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
        }
    }
}
