package dev.chipray.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.trace.AllocationColumns;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.FrameTable.Language;
import dev.chipray.trace.TraceInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledCaptureTest {

    @TempDir Path directory;

    @Test
    void allThatWasFlushedIsThereAfterTheProcessWasKilled() throws Exception {
        Path file = directory.resolve("killed.chipray");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Capture.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        long flushed = 0;
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (int i = 0; i < 50; i++) {
                flushed = Long.parseLong(lines.readLine());
            }
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        Recording recording = Recording.open(file);
        AllocationColumns events = new AllocationColumns();
        recording.readAll(events);

        assertThat(recording.isComplete()).isFalse();
        assertThat(recording.diagnostics()).hasSize(1);
        assertThat((long) events.size()).isGreaterThanOrEqualTo(flushed);
        for (int event = 0; event < events.size(); event++) {
            assertThat(events.time(event)).isEqualTo(event);
            int frame = recording.stacks().stacks().frame(events.stack(event));
            assertThat(recording.stacks().frames().functionName(frame))
                    .isEqualTo("f" + event / 1000);
        }
    }

    /// Records without end, and prints how many events are safe.
    static final class Capture {

        private Capture() {}

        public static void main(String[] arguments) throws IOException {
            CallStacks stacks = CallStacks.create();
            try (RecordingWriter writer =
                    RecordingWriter.create(
                            Path.of(arguments[0]), stacks, TraceInfo.UNKNOWN_BLOCKS)) {
                for (int event = 0; event < Integer.MAX_VALUE; event++) {
                    int frame =
                            SmallRecording.frame(
                                    stacks, "f" + event / 1000, "", 0, 0, Language.NATIVE);
                    writer.event(
                            event, EventKind.ALLOCATE, event, 1, stacks.stacks().intern(0, frame));
                    if (event % 700 == 699) {
                        writer.flush();
                        System.out.println(event + 1);
                    }
                }
            }
        }
    }
}
