package dev.chipray.recording;

import dev.chipray.trace.CallStacks;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.MalformedInputException;
import dev.chipray.trace.TraceInfo;
import dev.chipray.trace.UnsupportedInputException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The first pass over a recording: checks every chunk, reads all but the events, finds where whole chunks end.
final class RecordingOpener {

    static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int UNKNOWN_TYPES_NAMED = 20;
    private static final int DIAGNOSTIC_COST = 128;

    private final MemorySegment file;
    private final MemoryBudget budget;
    private final CallStacks stacks = CallStacks.create();
    private final TableCodec tables;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<Diagnostic> recorded = new ArrayList<>();
    private final DiagnosticList met = new DiagnosticList();
    private final Map<String, Long> unknownTypes = new TreeMap<>();
    private TraceInfo info = TraceInfo.UNKNOWN_BLOCKS;
    private long end;
    private long declaredEvents;
    private boolean complete;

    RecordingOpener(MemorySegment file, long memoryLimit) {
        this.file = file;
        this.budget = new MemoryBudget(memoryLimit);
        this.tables = new TableCodec(stacks, budget);
    }

    void open() {
        checkHeader();
        ChunkScanner scanner = new ChunkScanner(file, file.byteSize());
        int sequence = 0;
        while (scanner.advance()) {
            if (scanner.load()) {
                checkSequence(scanner, sequence);
                sequence = scanner.sequence() + 1;
                complete = scanner.type() == RecordingFormat.END;
                decode(scanner);
            } else if (scanner.isFollowed(sequence + 1)) {
                met.add(Diagnostic.error(where(scanner), "a chunk is damaged and is left out"));
                sequence++;
            } else {
                complete = false;
                break;
            }
        }
        end = scanner.offset();
        reportEnd();
        reportUnknownTypes();
    }

    private static String where(ChunkScanner scanner) {
        return "byte 0x%x".formatted(scanner.offset());
    }

    private void checkHeader() {
        if (file.byteSize() < RecordingFormat.FILE_HEADER_BYTES
                || file.get(LONG, 0) != RecordingFormat.MAGIC) {
            throw new MalformedInputException("this is not a Chipray recording", 0);
        }
        int major = file.get(SHORT, 8) & 0xffff;
        int minor = file.get(SHORT, 10) & 0xffff;
        int checksum =
                RecordingFormat.checksum(
                        file.asSlice(0, RecordingFormat.FILE_HEADER_CHECKED_BYTES).asByteBuffer(),
                        ByteBuffer.allocate(0));
        if (checksum != file.get(INT, RecordingFormat.FILE_HEADER_CHECKED_BYTES)) {
            met.add(
                    Diagnostic.warning(
                            "byte 0x0", "the file header is damaged; its version may be wrong"));
        } else if (major != RecordingFormat.MAJOR_VERSION) {
            throw new UnsupportedInputException(
                    "this recording has format %d.%d, and this Chipray reads format %d"
                            .formatted(major, minor, RecordingFormat.MAJOR_VERSION),
                    "a later Chipray reads it");
        }
    }

    private void checkSequence(ChunkScanner scanner, int expected) {
        if (scanner.sequence() != expected) {
            met.add(
                    Diagnostic.warning(
                            where(scanner),
                            "chunk %s follows where chunk %s should be; some are missing"
                                    .formatted(
                                            Integer.toUnsignedString(scanner.sequence()),
                                            Integer.toUnsignedString(expected))));
        }
    }

    private void decode(ChunkScanner chunk) {
        PayloadReader payload = chunk.payload();
        int type = chunk.type();
        try {
            if (type == RecordingFormat.STRINGS) {
                tables.decodeStrings(payload);
            } else if (type == RecordingFormat.FRAMES) {
                tables.decodeFrames(payload);
            } else if (type == RecordingFormat.STACKS) {
                tables.decodeStacks(payload);
            } else if (type == RecordingFormat.INFO) {
                info = InfoCodec.readInfo(payload);
            } else if (type == RecordingFormat.METADATA) {
                decodeMetadata(payload);
            } else if (type == RecordingFormat.DIAGNOSTICS) {
                budget.charge(DIAGNOSTIC_COST + 2L * payload.remaining(), payload.offset());
                recorded.add(InfoCodec.readDiagnostic(payload));
            } else if (type == RecordingFormat.END) {
                declaredEvents = payload.readVarint();
            } else if (!isReadLater(type)) {
                countUnknown(RecordingFormat.typeName(type));
            }
        } catch (MalformedInputException e) {
            met.add(
                    Diagnostic.error(
                            where(chunk),
                            "a chunk %s cannot be read: %s"
                                    .formatted(RecordingFormat.typeName(type), e.getMessage())));
        }
    }

    private static boolean isReadLater(int type) {
        return type == RecordingFormat.ALLOCATION_EVENTS
                || type == RecordingFormat.SAMPLES
                || type == RecordingFormat.CONSOLE_LINES
                || type == RecordingFormat.CLOCK_READINGS;
    }

    private void decodeMetadata(PayloadReader payload) {
        while (payload.remaining() > 0) {
            budget.charge(DIAGNOSTIC_COST + 2L * payload.nextStringLength(), payload.offset());
            String key = payload.readString();
            budget.charge(2L * payload.nextStringLength(), payload.offset());
            metadata.put(key, payload.readString());
        }
    }

    private void countUnknown(String name) {
        if (unknownTypes.size() < UNKNOWN_TYPES_NAMED || unknownTypes.containsKey(name)) {
            unknownTypes.merge(name, 1L, Long::sum);
        }
    }

    private void reportUnknownTypes() {
        unknownTypes.forEach((name, count) ->
                met.add(
                        Diagnostic.note(
                                "",
                                "%,d chunks of type %s are unknown to this version and are passed over"
                                        .formatted(count, name))));
    }

    private void reportEnd() {
        long rest = file.byteSize() - end;
        if (rest > 0) {
            met.add(
                    Diagnostic.warning(
                            "byte 0x%x".formatted(end),
                            "the recording was cut here: the last %,d bytes are no whole chunk and are not used"
                                    .formatted(rest)));
        } else if (!complete) {
            met.add(
                    Diagnostic.warning(
                            "byte 0x%x".formatted(end),
                            "the recording was cut here, or is still being written: it has no closing chunk"));
        }
    }

    long end() {
        return end;
    }

    CallStacks stacks() {
        return stacks;
    }

    TraceInfo info() {
        return info;
    }

    Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    List<Diagnostic> diagnostics() {
        List<Diagnostic> all = new ArrayList<>(recorded);
        met.addTo(all);
        return all;
    }

    long declaredEvents() {
        return declaredEvents;
    }

    boolean complete() {
        return complete;
    }
}
