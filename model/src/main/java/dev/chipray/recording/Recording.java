package dev.chipray.recording;

import dev.chipray.trace.AllocationSink;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.MalformedInputException;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A `.chipray` file, open for reading as often as one likes; safe on any bytes.
///
/// Opening checks every chunk and reads names, stacks, metadata and diagnostics; events stay in the file and are decoded
/// each time they are asked for, so memory is bound by the distinct names and stacks. A file that was cut, or is still
/// being written, opens up to its last whole chunk; a damaged chunk is left out; both are said in [#diagnostics()]. The
/// file stays mapped until the recording is no longer reachable. Used by one thread at a time.
public final class Recording implements AllocationSource {

    private final MemorySegment file;
    private final long end;
    private final CallStacks stacks;
    private final TraceInfo info;
    private final Map<String, String> metadata;
    private final List<Diagnostic> openingDiagnostics;
    private final long declaredEvents;
    private final boolean complete;

    private DiagnosticList readingDiagnostics = new DiagnosticList();

    private Recording(MemorySegment file, RecordingOpener opened) {
        this.file = file;
        this.end = opened.end();
        this.stacks = opened.stacks();
        this.info = opened.info();
        this.metadata = opened.metadata();
        this.openingDiagnostics = opened.diagnostics();
        this.declaredEvents = opened.declaredEvents();
        this.complete = opened.complete();
    }

    /// Opens `path`, using at most half of the memory that the JVM may have for names and stacks.
    ///
    /// @throws MalformedInputException                     where it is no recording
    /// @throws dev.chipray.trace.UnsupportedInputException where it is one of a later version, or needs more memory
    public static Recording open(Path path) throws IOException {
        return open(path, Runtime.getRuntime().maxMemory() / 2);
    }

    /// Opens `path`, using at most `memoryLimit` bytes for names and stacks.
    public static Recording open(Path path, long memoryLimit) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            long size = channel.size();
            MemorySegment file =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto());
            return open(file, memoryLimit);
        }
    }

    /// Opens a recording that is in memory.
    static Recording open(MemorySegment file, long memoryLimit) {
        RecordingOpener opener = new RecordingOpener(file, memoryLimit);
        opener.open();
        return new Recording(file, opener);
    }

    /// Whether a file that begins with `head` is a recording; 8 bytes are enough to tell.
    public static boolean isRecording(byte[] head) {
        return head.length >= Long.BYTES
                && MemorySegment.ofArray(head).get(RecordingOpener.LONG, 0)
                        == RecordingFormat.MAGIC;
    }

    @Override
    public CallStacks stacks() {
        return stacks;
    }

    @Override
    public TraceInfo info() {
        return info;
    }

    /// Facts about the recording by key; the constants of [RecordingWriter] name the usual ones.
    public Map<String, String> metadata() {
        return metadata;
    }

    /// The fact with that key.
    public Optional<String> metadata(String key) {
        return Optional.ofNullable(metadata.get(key));
    }

    /// Whether the writer closed the recording itself, so that nothing is missing at its end.
    public boolean isComplete() {
        return complete;
    }

    /// What the capture noted, what opening met, and what the last reading of events met.
    @Override
    public List<Diagnostic> diagnostics() {
        List<Diagnostic> all = new ArrayList<>(openingDiagnostics);
        readingDiagnostics.addTo(all);
        return List.copyOf(all);
    }

    @Override
    public void readAll(AllocationSink sink) {
        new Reading(
                        new RecordingVisitor() {
                            @Override
                            public void allocation(
                                    long time, EventKind kind, long block, long size, int stack) {
                                sink.event(time, kind, block, size, stack);
                            }
                        },
                        true)
                .run();
    }

    /// Tells everything that was recorded to `visitor`, from the first to the last chunk.
    public void visit(RecordingVisitor visitor) {
        new Reading(visitor, false).run();
    }

    /// One pass over the file.
    private final class Reading {

        private final RecordingVisitor visitor;
        private final boolean allocationsOnly;
        private final AllocationEventCodec events = new AllocationEventCodec();
        private final SampleCodec samples = new SampleCodec();
        private long nextEvent;
        private long nextSample;

        Reading(RecordingVisitor visitor, boolean allocationsOnly) {
            this.visitor = visitor;
            this.allocationsOnly = allocationsOnly;
        }

        void run() {
            readingDiagnostics = new DiagnosticList();
            ChunkScanner scanner = new ChunkScanner(file, end);
            while (scanner.advance()) {
                if (isWanted(scanner.type()) && scanner.load()) {
                    decode(scanner);
                }
            }
            if (declaredEvents > nextEvent) {
                lost("events", declaredEvents - nextEvent, "at the end");
            }
        }

        private boolean isWanted(int type) {
            return type == RecordingFormat.ALLOCATION_EVENTS
                    || (!allocationsOnly
                            && (type == RecordingFormat.SAMPLES
                                    || type == RecordingFormat.CONSOLE_LINES
                                    || type == RecordingFormat.CLOCK_READINGS));
        }

        /// What a visitor throws passes through; what the bytes are at fault for becomes a diagnostic.
        private void decode(ChunkScanner chunk) {
            PayloadReader payload = chunk.payload();
            int type = chunk.type();
            if (type == RecordingFormat.ALLOCATION_EVENTS) {
                decodeEvents(payload);
            } else if (type == RecordingFormat.SAMPLES) {
                decodeSamples(payload);
            } else if (type == RecordingFormat.CONSOLE_LINES) {
                decodeConsoleLines(payload);
            } else {
                decodeClockReadings(payload);
            }
        }

        private void decodeEvents(PayloadReader payload) {
            try {
                long first = events.decode(payload, stacks.stacks().size());
                if (first > nextEvent) {
                    lost("events", first - nextEvent, "before event " + first);
                }
                nextEvent = first + events.size();
            } catch (MalformedInputException e) {
                leftOut("allocation events", e);
                return;
            }
            events.replay(visitor);
        }

        private void decodeSamples(PayloadReader payload) {
            try {
                long first = samples.decode(payload, stacks.stacks().size());
                if (first > nextSample) {
                    lost("samples", first - nextSample, "before sample " + first);
                }
                nextSample = first + samples.size();
            } catch (MalformedInputException e) {
                leftOut("samples", e);
                return;
            }
            samples.replay(visitor);
        }

        private void decodeConsoleLines(PayloadReader payload) {
            long time = 0;
            while (payload.remaining() > 0) {
                int channel;
                String text;
                try {
                    time += payload.readSigned();
                    channel = payload.readInt(Integer.MAX_VALUE, "console channel");
                    text = payload.readString();
                } catch (MalformedInputException e) {
                    leftOut("console lines", e);
                    return;
                }
                visitor.consoleLine(time, channel, text);
            }
        }

        private void decodeClockReadings(PayloadReader payload) {
            long time = 0;
            while (payload.remaining() > 0) {
                String clock;
                long reading;
                try {
                    time += payload.readSigned();
                    clock = payload.readString();
                    reading = payload.readSigned();
                } catch (MalformedInputException e) {
                    leftOut("clock readings", e);
                    return;
                }
                visitor.clockReading(time, clock, reading);
            }
        }

        private void lost(String what, long count, String where) {
            readingDiagnostics.add(
                    Diagnostic.warning(where, "%,d %s are lost".formatted(count, what)));
        }

        private void leftOut(String what, MalformedInputException e) {
            readingDiagnostics.add(
                    Diagnostic.error(
                            "byte 0x%x".formatted(e.offset()),
                            "a chunk of %s is left out: %s".formatted(what, e.getMessage())));
        }
    }
}
