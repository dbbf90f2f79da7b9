package dev.chipray.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// The constants of docs/recording-format.md, and the checksum of a chunk. All numbers are little-endian.
final class RecordingFormat {

    /// Eight bytes that no text file begins with.
    static final long MAGIC = 0x59_41_52_50_49_48_43_89L;

    static final int MAJOR_VERSION = 1;
    static final int MINOR_VERSION = 0;

    /// Magic, major and minor version, and a checksum of those.
    static final int FILE_HEADER_BYTES = 16;

    /// Bytes of the file header that its checksum covers.
    static final int FILE_HEADER_CHECKED_BYTES = 12;

    /// Type, sequence number, payload length and checksum.
    static final int CHUNK_HEADER_BYTES = 16;

    /// Bytes of the chunk header that the chunk's checksum covers, before the payload.
    static final int CHUNK_HEADER_CHECKED_BYTES = 12;

    /// No payload is longer, so no reader needs more than this at a time.
    static final int MAXIMUM_PAYLOAD_BYTES = 1 << 24;

    static final int INFO = type("INFO");
    static final int METADATA = type("META");
    static final int STRINGS = type("STRS");
    static final int FRAMES = type("FRAM");
    static final int STACKS = type("STAK");
    static final int ALLOCATION_EVENTS = type("EVNT");
    static final int SAMPLES = type("SAMP");
    static final int CONSOLE_LINES = type("CONS");
    static final int CLOCK_READINGS = type("CLOK");
    static final int DIAGNOSTICS = type("DIAG");
    static final int END = type("END ");

    private RecordingFormat() {}

    private static int type(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }

    /// The four characters of a chunk type, for messages; what is not printable shows as `?`.
    static String typeName(int type) {
        StringBuilder name = new StringBuilder(4);
        for (int shift = 0; shift < 32; shift += 8) {
            int character = type >>> shift & 0xff;
            name.append(character >= 0x20 && character < 0x7f ? (char) character : '?');
        }
        return name.toString().strip();
    }

    /// The CRC32C of what remains in `checked` and then in `payload`; moves their positions to their limits.
    static int checksum(ByteBuffer checked, ByteBuffer payload) {
        CRC32C crc = new CRC32C();
        crc.update(checked);
        crc.update(payload);
        return (int) crc.getValue();
    }
}
