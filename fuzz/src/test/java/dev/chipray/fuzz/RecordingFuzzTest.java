package dev.chipray.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chipray.recording.Recording;
import dev.chipray.recording.RecordingVisitor;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// Recordings of any bytes: as they are, and with the checksums made right so that the search gets past them.
class RecordingFuzzTest {

    private static final long MEMORY_LIMIT = 16 << 20;
    private static final int FILE_HEADER = 16;
    private static final int CHUNK_HEADER = 16;

    @FuzzTest(maxDuration = "5m")
    void anyBytesGiveARecordingOrAnInputException(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".chipray");
        try {
            Files.write(file, bytes);
            read(file);
            Files.write(file, withChecksums(bytes));
            read(file);
        } finally {
            Files.delete(file);
        }
    }

    private static void read(Path file) throws IOException {
        Recording recording;
        try {
            recording = Recording.open(file, MEMORY_LIMIT);
        } catch (InputException e) {
            assertThat(e.getMessage()).isNotEmpty().doesNotContain("\n");
            return;
        }
        int stacks = recording.stacks().stacks().size();
        recording.visit(
                new RecordingVisitor() {
                    @Override
                    public void allocation(
                            long time, EventKind kind, long block, long size, int stack) {
                        assertThat(stack).isBetween(0, stacks - 1);
                    }

                    @Override
                    public void sample(
                            long time, long thread, int stack, long weight, boolean idle) {
                        assertThat(stack).isBetween(0, stacks - 1);
                    }
                });
        recording.readAll((time, kind, block, size, stack) -> {});
        for (int stack = 1; stack < stacks; stack++) {
            assertThat(recording.stacks().stacks().caller(stack)).isLessThan(stack);
            int frame = recording.stacks().stacks().frame(stack);
            assertThat(recording.stacks().frames().location(frame)).isNotNull();
        }
        assertThat(recording.diagnostics()).isNotNull();
    }

    /// The bytes with a sound file header, and with chunk headers that fit wherever the lengths allow it.
    private static byte[] withChecksums(byte[] bytes) {
        ByteBuffer file =
                ByteBuffer.allocate(Math.max(bytes.length, FILE_HEADER))
                        .order(ByteOrder.LITTLE_ENDIAN);
        file.put(bytes).clear();
        file.put(new byte[] {(byte) 0x89, 'C', 'H', 'I', 'P', 'R', 'A', 'Y', 1, 0, 0, 0});
        file.putInt(checksum(file.array(), 0, 0));
        int sequence = 0;
        int offset = FILE_HEADER;
        while (file.capacity() - offset >= CHUNK_HEADER) {
            int available = file.capacity() - offset - CHUNK_HEADER;
            int length = Math.floorMod(file.getInt(offset + 8), available + 1);
            file.putInt(offset + 4, sequence++);
            file.putInt(offset + 8, length);
            file.putInt(offset + 12, checksum(file.array(), offset, length));
            offset += CHUNK_HEADER + length;
        }
        return file.array();
    }

    /// Of twelve bytes at `offset`, then of the payload, which begins after the checksum itself.
    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, 12);
        if (length > 0) {
            crc.update(bytes, offset + CHUNK_HEADER, length);
        }
        return (int) crc.getValue();
    }
}
