package dev.chipray.recording;

import static dev.chipray.recording.SmallRecording.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.trace.AllocationColumns;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.MalformedInputException;
import dev.chipray.trace.UnsupportedInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class DamagedRecordingTest {

    private final byte[] whole = SmallRecording.bytes();
    private final List<String> everything = RecordedThings.of(open(whole));

    @Test
    void aFileCutAtAnyByteOpensUpToTheLastWholeChunkAndSaysSo() {
        int most = -1;
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length < RecordingFormat.FILE_HEADER_BYTES) {
                assertThatThrownBy(() -> open(cut)).isInstanceOf(MalformedInputException.class);
                continue;
            }
            Recording recording = open(cut);
            List<String> things = RecordedThings.of(recording);
            assertThat(everything.subList(0, things.size())).isEqualTo(things);
            assertThat(things.size()).isGreaterThanOrEqualTo(most);
            most = things.size();
            assertThat(recording.isComplete()).isFalse();
            assertThat(recording.diagnostics())
                    .as("cut to %d bytes", length)
                    .last()
                    .extracting(Diagnostic::message)
                    .asString()
                    .contains("was cut here");
        }
        assertThat(most).isEqualTo(everything.size());
    }

    @Test
    void aBitFlippedAnywhereCostsAtMostItsChunkAndInventsNothing() {
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (1 << bit);
                if (at < Long.BYTES) {
                    assertThatThrownBy(() -> open(damaged))
                            .isInstanceOf(MalformedInputException.class);
                    continue;
                }
                Recording recording = open(damaged);
                List<String> things = RecordedThings.of(recording);
                assertThat(isSubsequence(things, everything))
                        .as("bit %d of byte %d", bit, at)
                        .isTrue();
                assertThat(recording.diagnostics())
                        .as("bit %d of byte %d", bit, at)
                        .anyMatch(diagnostic ->
                                diagnostic.severity() != Diagnostic.Severity.NOTE
                                        && diagnostic.where().startsWith("byte"));
            }
        }
    }

    @Test
    void aDamagedChunkOfEventsIsLeftOutAndTheRestIsRead() {
        byte[] damaged = whole.clone();
        Chunk events =
                Chunk.in(whole).stream()
                        .filter(chunk -> chunk.name().equals("EVNT"))
                        .toList()
                        .get(1);
        damaged[events.offset() + RecordingFormat.CHUNK_HEADER_BYTES + 3] ^= 1;

        Recording recording = open(damaged);
        List<String> things = RecordedThings.of(recording);

        assertThat(things).contains("event 0 ALLOCATE 4 2 1", "event 10 ALLOCATE 1 1 1");
        assertThat(things).hasSize(everything.size() - 4);
        assertThat(recording.diagnostics())
                .contains(Diagnostic.warning("before event 5", "4 events are lost"));
        assertThat(recording.isComplete()).isTrue();
    }

    @Test
    void aMissingChunkIsNoticed() {
        for (Chunk chunk : Chunk.in(whole)) {
            byte[] without = new byte[whole.length - chunk.size()];
            System.arraycopy(whole, 0, without, 0, chunk.offset());
            System.arraycopy(
                    whole,
                    chunk.offset() + chunk.size(),
                    without,
                    chunk.offset(),
                    without.length - chunk.offset());
            Recording recording = open(without);
            assertThat(isSubsequence(RecordedThings.of(recording), everything)).isTrue();
            assertThat(recording.diagnostics())
                    .as("without %s", chunk)
                    .anyMatch(diagnostic ->
                            diagnostic.message().contains("missing")
                                    || diagnostic.message().contains("cut here"));
        }
    }

    @Test
    void aChunkOfATypeThatIsNotKnownIsPassedOver() {
        Chunk last = Chunk.in(whole).getLast();
        byte[] payload = {1, 2, 3};
        int sequence = Chunk.in(whole).size() - 1;
        ByteBuffer extended = ByteBuffer.allocate(whole.length + 19).order(ByteOrder.LITTLE_ENDIAN);
        extended.put(whole, 0, last.offset());
        extended.put(chunk("PAGE", sequence, payload));
        extended.put(chunk("END ", sequence + 1, new byte[] {6, 2}));

        Recording recording = open(Arrays.copyOf(extended.array(), extended.position()));

        assertThat(RecordedThings.of(recording)).isEqualTo(everything);
        assertThat(recording.diagnostics())
                .contains(
                        Diagnostic.note(
                                "",
                                "1 chunks of type PAGE are unknown to this version and are passed over"));
    }

    @Test
    void aLaterFormatIsRefusedWithItsVersion() {
        byte[] later = whole.clone();
        later[8] = 2;
        CRC32C crc = new CRC32C();
        crc.update(later, 0, 12);
        ByteBuffer.wrap(later).order(ByteOrder.LITTLE_ENDIAN).putInt(12, (int) crc.getValue());
        assertThatThrownBy(() -> open(later))
                .isInstanceOf(UnsupportedInputException.class)
                .hasMessageContaining("format 2.0");
    }

    @Test
    void soundChunksWithAnyContentsNeverThrowAndNeverNameUnknownStacks() {
        Random random = new Random(4);
        String[] types = {
            "INFO", "META", "STRS", "FRAM", "STAK", "EVNT", "SAMP", "CONS", "CLOK", "DIAG", "END "
        };
        for (int round = 0; round < 20_000; round++) {
            ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
            file.put(whole, 0, RecordingFormat.FILE_HEADER_BYTES);
            int chunks = random.nextInt(1, 12);
            for (int i = 0; i < chunks; i++) {
                byte[] payload = new byte[random.nextInt(40)];
                random.nextBytes(payload);
                for (int j = 0; j < payload.length; j++) {
                    payload[j] = random.nextInt(4) == 0 ? payload[j] : (byte) random.nextInt(3);
                }
                file.put(chunk(types[random.nextInt(types.length)], i, payload));
            }
            Recording recording = open(Arrays.copyOf(file.array(), file.position()));
            int stacks = recording.stacks().stacks().size();
            recording.visit(new RecordedThings());
            AllocationColumns events = new AllocationColumns();
            recording.readAll(events);
            for (int event = 0; event < events.size(); event++) {
                assertThat(events.stack(event)).isBetween(0, stacks - 1);
            }
            assertThat(recording.diagnostics()).isNotNull();
        }
    }

    private static byte[] chunk(String type, int sequence, byte[] payload) {
        ByteBuffer chunk = ByteBuffer.allocate(16 + payload.length).order(ByteOrder.LITTLE_ENDIAN);
        chunk.put(type.getBytes(StandardCharsets.US_ASCII));
        chunk.putInt(sequence).putInt(payload.length);
        CRC32C crc = new CRC32C();
        crc.update(chunk.array(), 0, 12);
        crc.update(payload);
        return chunk.putInt((int) crc.getValue()).put(payload).array();
    }

    private static boolean isSubsequence(List<String> part, List<String> all) {
        int at = 0;
        for (String line : all) {
            if (at < part.size() && part.get(at).equals(line)) {
                at++;
            }
        }
        return at == part.size();
    }

    /// A chunk's place in a file, found without the reader under test.
    private record Chunk(String name, int offset, int size) {

        static List<Chunk> in(byte[] file) {
            List<Chunk> chunks = new ArrayList<>();
            ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            int offset = 16;
            while (offset < file.length) {
                String name = new String(file, offset, 4, StandardCharsets.US_ASCII);
                int size = 16 + bytes.getInt(offset + 8);
                chunks.add(new Chunk(name, offset, size));
                offset += size;
            }
            return chunks;
        }
    }
}
