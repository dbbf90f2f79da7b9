package dev.chipray.recording;

import dev.chipray.trace.AllocationSink;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.TraceInfo;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes a `.chipray` file while a capture runs; whatever happens to the process, all that was flushed can be read.
///
/// Events gather in memory and go out, as whole chunks in a single write, when 8192 of them are there or when
/// [#flush()] is called; a capture calls that about once a second. The names and stacks that events mention go out
/// before them. Used by one thread at a time. Methods that cannot throw [IOException] throw [UncheckedIOException]
/// where the file cannot be written.
public final class RecordingWriter implements AllocationSink, Closeable {

    /// Key of the metadata that names what was recorded: a file, an endpoint.
    public static final String INPUT = "input";

    /// Key of the metadata that names the program and version that wrote the recording.
    public static final String TOOL = "tool";

    /// What the keys of a capture's own figures begin with: halts, time stopped, bytes read.
    public static final String CAPTURE_PREFIX = "capture.";

    private static final int TEXT_FULL = 1 << 16;

    /// The longest console line, clock name, key or value; what is longer is cut.
    private static final int LONGEST_TEXT = 1 << 20;

    private final WritableByteChannel channel;
    private final TableCodec tables;
    private final AllocationEventCodec events = new AllocationEventCodec();
    private final SampleCodec samples = new SampleCodec();
    private final PayloadBuilder consoleLines = new PayloadBuilder();
    private final PayloadBuilder clockReadings = new PayloadBuilder();
    private final PayloadBuilder metadata = new PayloadBuilder();
    private final PayloadBuilder payload = new PayloadBuilder();
    private final PayloadBuilder batch = new PayloadBuilder();

    private int sequence;
    private long eventCount;
    private long sampleCount;
    private long lastConsoleTime;
    private long lastClockTime;
    private boolean closed;

    /// Begins a recording on a channel that the writer closes; the file's header is written at once.
    ///
    /// @param stacks what stack numbers mean; may grow while the recording is written
    public RecordingWriter(WritableByteChannel channel, CallStacks stacks, TraceInfo info)
            throws IOException {
        this.channel = channel;
        this.tables = new TableCodec(stacks, new MemoryBudget(Long.MAX_VALUE));
        writeFully(fileHeader());
        info(info);
        flush();
    }

    /// Begins a recording in a new file, in place of one that is there.
    public static RecordingWriter create(Path file, CallStacks stacks, TraceInfo info)
            throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        try {
            return new RecordingWriter(channel, stacks, info);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Records all that `source` tells, its info and its diagnostics, up to where it fails.
    public void recordAll(AllocationSource source) throws IOException {
        try {
            source.readAll(this);
        } finally {
            info(source.info());
            source.diagnostics().forEach(this::diagnostic);
            flush();
        }
    }

    @Override
    public void event(long time, EventKind kind, long block, long size, int stack) {
        events.add(time, kind, block, size, stack);
        if (events.size() == AllocationEventCodec.EVENTS_PER_CHUNK) {
            flushUnchecked();
        }
    }

    /// Records that the processor was seen; parameters as in [RecordingVisitor#sample].
    public void sample(long time, long thread, int stack, long weight, boolean idle) {
        samples.add(time, thread, stack, weight, idle);
        if (samples.size() == SampleCodec.SAMPLES_PER_CHUNK) {
            flushUnchecked();
        }
    }

    /// Records a line that the target printed; parameters as in [RecordingVisitor#consoleLine].
    public void consoleLine(long time, int consoleChannel, String text) {
        consoleLines.putSigned(time - lastConsoleTime);
        consoleLines.putVarint(consoleChannel);
        consoleLines.putString(cut(text));
        lastConsoleTime = time;
        flushWhenFull(consoleLines);
    }

    /// Records what a clock said; parameters as in [RecordingVisitor#clockReading].
    public void clockReading(long time, String clock, long reading) {
        clockReadings.putSigned(time - lastClockTime);
        clockReadings.putString(cut(clock));
        clockReadings.putSigned(reading);
        lastClockTime = time;
        flushWhenFull(clockReadings);
    }

    /// Records a fact about the recording; a later one with the same key replaces it.
    public void metadata(String key, String value) {
        metadata.putString(cut(key));
        metadata.putString(cut(value));
        flushWhenFull(metadata);
    }

    /// Says what times, blocks and sizes count; replaces what was said before, for all of the recording.
    public void info(TraceInfo info) {
        payload.clear();
        payload.putVarint(InfoCodec.code(info.unit()));
        payload.putVarint(info.blockSize());
        payload.putVarint(info.heapBlocks());
        payload.putVarint(InfoCodec.code(info.timeUnit()));
        putChunk(RecordingFormat.INFO);
    }

    /// Records trouble that the capture met.
    public void diagnostic(Diagnostic diagnostic) {
        payload.clear();
        payload.putVarint(InfoCodec.code(diagnostic.severity()));
        payload.putString(cut(diagnostic.where()));
        payload.putString(cut(diagnostic.message()));
        putChunk(RecordingFormat.DIAGNOSTICS);
        flushWhenFull(batch);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    private void flushWhenFull(PayloadBuilder builder) {
        if (builder.size() >= TEXT_FULL) {
            flushUnchecked();
        }
    }

    private void flushUnchecked() {
        try {
            flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Hands all that was recorded to the operating system: it outlives the process.
    public void flush() throws IOException {
        putTables();
        if (events.size() > 0) {
            payload.clear();
            int count = events.size();
            events.encode(eventCount, payload);
            eventCount += count;
            putChunk(RecordingFormat.ALLOCATION_EVENTS);
        }
        if (samples.size() > 0) {
            payload.clear();
            int count = samples.size();
            samples.encode(sampleCount, payload);
            sampleCount += count;
            putChunk(RecordingFormat.SAMPLES);
        }
        putText(RecordingFormat.CONSOLE_LINES, consoleLines);
        lastConsoleTime = 0;
        putText(RecordingFormat.CLOCK_READINGS, clockReadings);
        lastClockTime = 0;
        putText(RecordingFormat.METADATA, metadata);
        if (batch.size() > 0) {
            writeFully(ByteBuffer.wrap(batch.array(), 0, batch.size()));
            batch.clear();
        }
    }

    /// Flushes, and has the operating system put all of it on the disk: it outlives a loss of power.
    public void sync() throws IOException {
        flush();
        if (channel instanceof FileChannel file) {
            file.force(false);
        }
    }

    /// Flushes, marks the recording as complete and closes the file. Further calls do nothing.
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            flush();
            payload.clear();
            payload.putVarint(eventCount);
            payload.putVarint(sampleCount);
            putChunk(RecordingFormat.END);
            flush();
        }
    }

    private void putTables() {
        while (tables.moreStrings()) {
            payload.clear();
            tables.encodeStrings(payload);
            putChunk(RecordingFormat.STRINGS);
        }
        while (tables.moreFrames()) {
            payload.clear();
            tables.encodeFrames(payload);
            putChunk(RecordingFormat.FRAMES);
        }
        while (tables.moreStacks()) {
            payload.clear();
            tables.encodeStacks(payload);
            putChunk(RecordingFormat.STACKS);
        }
    }

    private void putText(int type, PayloadBuilder text) {
        if (text.size() > 0) {
            payload.clear();
            payload.putBytes(text.array(), text.size());
            text.clear();
            putChunk(type);
        }
    }

    /// Adds a chunk with the payload built so far to the batch that the next flush writes.
    private void putChunk(int type) {
        ByteBuffer header =
                ByteBuffer.allocate(RecordingFormat.CHUNK_HEADER_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(type).putInt(sequence++).putInt(payload.size());
        header.putInt(
                RecordingFormat.checksum(
                        header.duplicate().flip(),
                        ByteBuffer.wrap(payload.array(), 0, payload.size())));
        batch.putBytes(header.array(), RecordingFormat.CHUNK_HEADER_BYTES);
        batch.putBytes(payload.array(), payload.size());
    }

    private static ByteBuffer fileHeader() {
        ByteBuffer header =
                ByteBuffer.allocate(RecordingFormat.FILE_HEADER_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(RecordingFormat.MAGIC)
                .putShort((short) RecordingFormat.MAJOR_VERSION)
                .putShort((short) RecordingFormat.MINOR_VERSION);
        header.putInt(RecordingFormat.checksum(header.duplicate().flip(), ByteBuffer.allocate(0)));
        return header.flip();
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
