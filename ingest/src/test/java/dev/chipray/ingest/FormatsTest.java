package dev.chipray.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.recording.Recording;
import dev.chipray.recording.RecordingWriter;
import dev.chipray.testkit.CapturedLogs;
import dev.chipray.testkit.GcLogOracle;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.InputException;
import dev.chipray.trace.MalformedInputException;
import dev.chipray.trace.TraceInfo;
import dev.chipray.trace.UnsupportedInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatsTest {

    private static final String LOG = CapturedLogs.text(CapturedLogs.FRAMES_FIRST);
    private static final String HISTORY =
            " [\n {\"start_block\":1,\"size\":2,\"start_time\":0,\"end_time\":1}]";

    @TempDir Path folder;

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private byte[] recording() throws IOException {
        Path file = folder.resolve("made.chipray");
        CallStacks stacks = CallStacks.create();
        try (RecordingWriter writer =
                RecordingWriter.create(file, stacks, TraceInfo.UNKNOWN_BLOCKS)) {
            writer.event(0, EventKind.ALLOCATE, 5, 2, 0);
        }
        return Files.readAllBytes(file);
    }

    /// How many events the bytes have, from a file, compressed, and from a stream.
    private void hasEvents(byte[] bytes, int expected) throws IOException {
        for (byte[] form : new byte[][] {bytes, packed(bytes)}) {
            Path file = Files.write(folder.resolve("input"), form);
            assertThat(ReplayedLives.of(Formats.open(file)).events).hasSize(expected);
            assertThat(ReplayedLives.of(Formats.open(new ByteArrayInputStream(form))).events)
                    .hasSize(expected);
        }
    }

    @Test
    void each_format_is_known_by_its_content_plain_or_packed_from_file_or_pipe()
            throws IOException {
        hasEvents(LOG.getBytes(StandardCharsets.UTF_8), 400);
        hasEvents(HISTORY.getBytes(StandardCharsets.UTF_8), 1);
        hasEvents(recording(), 1);
    }

    @Test
    void a_format_can_be_forced_where_its_first_event_is_far_away() throws IOException {
        String far = "x\n".repeat(1 << 18) + LOG;
        byte[] bytes = far.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Formats.open(new ByteArrayInputStream(bytes)))
                .isInstanceOf(UnsupportedInputException.class)
                .hasMessageContaining("gc-log, allocation-history, chipray");
        AllocationSource forced =
                Formats.open(
                        new ByteArrayInputStream(bytes), Format.withId("gc-log").orElseThrow());
        assertThat(ReplayedLives.of(forced).events).hasSize(400);
    }

    @Test
    void a_recording_is_open_when_its_copy_is_gone() throws IOException {
        assertThat(Formats.open(new ByteArrayInputStream(packed(recording()))))
                .isInstanceOf(Recording.class);
    }

    @Test
    void nothing_and_noise_are_refused_in_one_line() {
        assertThatThrownBy(() -> Formats.open(new ByteArrayInputStream(new byte[0])))
                .isInstanceOf(MalformedInputException.class)
                .hasMessageNotContaining("\n");
        byte[] noise = new byte[10_000];
        Arrays.fill(noise, (byte) 0xfe);
        assertThatThrownBy(() -> Formats.open(new ByteArrayInputStream(noise)))
                .isInstanceOf(InputException.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_packed_log_that_was_cut_gives_the_events_before_the_cut() throws IOException {
        byte[] whole = CapturedLogs.compressed(CapturedLogs.VALUES_FIRST);
        AllocationSource source =
                Formats.open(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 2)));
        int events = ReplayedLives.of(source).events.size();
        assertThat(events)
                .isBetween(
                        100,
                        GcLogOracle.of(CapturedLogs.text(CapturedLogs.VALUES_FIRST))
                                .events()
                                .size());
        assertThat(source.diagnostics())
                .anySatisfy(found -> assertThat(found.message()).contains("compressed data"));
    }
}
