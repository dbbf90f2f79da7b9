package dev.chipray.ingest.history;

import dev.chipray.ingest.internal.UnpackedInput;
import dev.chipray.trace.AllocationSink;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.MalformedInputException;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Reads an `allocation_history.json` once and tells the events that its entries came from, in the order of time.
///
/// Plain or compressed with gzip. Entries come in the order in which allocations ended, so all of them are held: 49 bytes
/// an entry, and the distinct stacks. A file that was cut gives the entries before the cut.
public final class AllocationHistorySource implements AllocationSource {

    /// UTF-8 and nothing else, as JSON is: what looks like another encoding is damage.
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(TokenStreamFactory.Feature.CHARSET_DETECTION).build();

    @FunctionalInterface
    private interface Opener {
        InputStream open() throws IOException;
    }

    private final Opener opener;
    private boolean read;
    private final CallStacks stacks = CallStacks.create();
    private TraceInfo info = TraceInfo.UNKNOWN_BLOCKS;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private AllocationHistorySource(Opener opener) {
        this.opener = opener;
    }

    /// The history in `file`; the file is opened when it is read.
    public static AllocationHistorySource open(Path file) {
        return new AllocationHistorySource(() -> Files.newInputStream(file));
    }

    /// The history in `input`, which is closed when it was read.
    public static AllocationHistorySource of(InputStream input) {
        return new AllocationHistorySource(() -> input);
    }

    @Override
    public CallStacks stacks() {
        return stacks;
    }

    @Override
    public void readAll(AllocationSink sink) throws IOException {
        if (read) {
            throw new IllegalStateException("a history is read once");
        }
        read = true;
        Lives lives = new Lives();
        long statedEvents;
        try (UnpackedInput input = UnpackedInput.of(opener.open())) {
            statedEvents = parse(input, lives);
            diagnostics.addAll(input.diagnostics());
        }
        HistoryEvents events = new HistoryEvents(lives, statedEvents, sink);
        if (!events.countsEvents()) {
            info = info.withTimeUnit(TraceInfo.TimeUnit.MILLISECONDS);
        }
        events.tell(statedEvents);
        if (events.fillers() > 0) {
            diagnostics.add(
                    Diagnostic.note(
                            "",
                            events.fillers()
                                    + " events have no entry: they are taken for frees of blocks"
                                    + " that were not known to be alive"));
        }
    }

    private long parse(InputStream input, Lives lives) throws IOException {
        long statedEvents = 0;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), input)) {
            HistoryParser parser = new HistoryParser(json, stacks, lives);
            try {
                if (json.nextToken() != JsonToken.START_ARRAY) {
                    throw new MalformedInputException("no allocation history: not a JSON array", 0);
                }
                parser.entries();
            } finally {
                statedEvents = parser.statedEvents();
                note(parser);
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            damaged(e, lives.size());
        }
        return statedEvents;
    }

    private void damaged(JacksonException e, int entries) {
        long offset = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        if (entries == 0) {
            throw new MalformedInputException(
                    "no allocation history: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    offset);
        }
        diagnostics.add(
                Diagnostic.error(
                        offset < 0 ? "" : "byte " + offset,
                        "the history is cut or damaged there; the entries before are used"));
    }

    private void note(HistoryParser parser) {
        if (parser.unusable() > 0) {
            diagnostics.add(
                    Diagnostic.warning(
                            "entry " + parser.firstUnusable(),
                            parser.unusable() == 1
                                    ? "an entry left out: its block, size or times cannot be used"
                                    : parser.unusable()
                                            + " entries left out: their block, size or times cannot"
                                            + " be used"));
        }
        if (parser.deep() > 0) {
            diagnostics.add(
                    Diagnostic.warning(
                            "",
                            parser.deep()
                                    + " traces have more than "
                                    + HistoryParser.MAX_DEPTH
                                    + " frames; the outer ones are left out"));
        }
    }

    @Override
    public TraceInfo info() {
        return info;
    }

    @Override
    public List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }
}
