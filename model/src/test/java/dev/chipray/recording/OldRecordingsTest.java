package dev.chipray.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// One fixture per released format version, made by that version from what [SmallRecording] records and never renewed.
class OldRecordingsTest {

    @Test
    void aRecordingOfFormat1_0IsRead() throws IOException {
        Recording old = SmallRecording.open(fixture("format-1.0.chipray"));
        Recording current = SmallRecording.open(SmallRecording.bytes());

        assertThat(RecordedThings.of(old)).isEqualTo(RecordedThings.of(current));
        assertThat(old.info()).isEqualTo(current.info());
        assertThat(old.metadata()).isEqualTo(current.metadata());
        assertThat(old.diagnostics()).isEqualTo(current.diagnostics());
        for (int frame = 0; frame < current.stacks().frames().size(); frame++) {
            assertThat(old.stacks().frames().location(frame))
                    .isEqualTo(current.stacks().frames().location(frame));
        }
    }

    private static byte[] fixture(String name) throws IOException {
        try (InputStream stream = OldRecordingsTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }
}
