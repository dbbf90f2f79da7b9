package dev.chipray.recording;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Walks the chunks of a mapped recording from the first to the last whole one.
///
/// What is checked is what is decoded: a payload is copied before its checksum is taken.
final class ChunkScanner {

    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment file;
    private final long limit;
    private long offset = RecordingFormat.FILE_HEADER_BYTES;
    private long next = RecordingFormat.FILE_HEADER_BYTES;
    private int type;
    private int sequence;
    private int length;
    private byte[] payload = {};

    /// @param limit where to stop, at most the size of the file
    ChunkScanner(MemorySegment file, long limit) {
        this.file = file;
        this.limit = limit;
    }

    /// Moves to the next chunk; false where no whole chunk follows, and then [#offset()] is where the rest begins.
    ///
    /// Only the header is read, and it is not checked before [#load()] is.
    boolean advance() {
        offset = next;
        if (limit - offset < RecordingFormat.CHUNK_HEADER_BYTES) {
            return false;
        }
        type = file.get(INT, offset);
        sequence = file.get(INT, offset + 4);
        length = file.get(INT, offset + 8);
        long available = limit - offset - RecordingFormat.CHUNK_HEADER_BYTES;
        if (length < 0 || length > RecordingFormat.MAXIMUM_PAYLOAD_BYTES || length > available) {
            return false;
        }
        next = offset + RecordingFormat.CHUNK_HEADER_BYTES + length;
        return true;
    }

    /// Copies the payload of the chunk; false where the chunk is damaged.
    boolean load() {
        if (payload.length < length) {
            payload = new byte[length];
        }
        ByteBuffer header = ByteBuffer.allocate(RecordingFormat.CHUNK_HEADER_BYTES);
        try {
            MemorySegment.copy(
                    file,
                    ValueLayout.JAVA_BYTE,
                    offset,
                    header.array(),
                    0,
                    RecordingFormat.CHUNK_HEADER_BYTES);
            MemorySegment.copy(
                    file,
                    ValueLayout.JAVA_BYTE,
                    offset + RecordingFormat.CHUNK_HEADER_BYTES,
                    payload,
                    0,
                    length);
        } catch (InternalError e) {
            // The file became shorter after it was mapped; this is how the JVM says so.
            return false;
        }
        header.order(ByteOrder.LITTLE_ENDIAN);
        int expected = header.getInt(RecordingFormat.CHUNK_HEADER_CHECKED_BYTES);
        header.limit(RecordingFormat.CHUNK_HEADER_CHECKED_BYTES);
        return expected == RecordingFormat.checksum(header, ByteBuffer.wrap(payload, 0, length));
    }

    /// Whether a sound chunk follows this one and is numbered as if this one were sound too.
    boolean isFollowed(int expectedSequence) {
        ChunkScanner ahead = new ChunkScanner(file, limit);
        ahead.next = next;
        return ahead.advance() && ahead.sequence == expectedSequence && ahead.load();
    }

    int type() {
        return type;
    }

    int sequence() {
        return sequence;
    }

    /// Where the chunk begins in the file.
    long offset() {
        return offset;
    }

    /// The payload that [#load()] copied, to be read before the next chunk is loaded.
    PayloadReader payload() {
        return new PayloadReader(payload, 0, length, offset + RecordingFormat.CHUNK_HEADER_BYTES);
    }
}
