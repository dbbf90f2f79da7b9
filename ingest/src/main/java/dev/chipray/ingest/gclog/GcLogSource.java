package dev.chipray.ingest.gclog;

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

/// Reads a log of GC activity once, in memory bound by its distinct stacks and not by its length.
///
/// All forms that docs/gc-logs.md lists, plain or compressed with gzip. Whether a block was live is not the reader's
/// business: it tells ALLOCATE, RESIZE, FREE and SWEEP as the log shows them.
public final class GcLogSource implements AllocationSource {

    private static final int PIECE_CAPACITY = 1 << 20;

    private final Opener opener;
    private boolean read;
    private final CallStacks stacks = CallStacks.create();
    private TraceInfo info = TraceInfo.UNKNOWN_BLOCKS;
    private List<Diagnostic> diagnostics = List.of();

    @FunctionalInterface
    private interface Opener {
        InputStream open() throws IOException;
    }

    private GcLogSource(Opener opener) {
        this.opener = opener;
    }

    /// The log in `file`; the file is opened when it is read.
    public static GcLogSource open(Path file) {
        return new GcLogSource(() -> Files.newInputStream(file));
    }

    /// The log in `input`, which is closed when it was read.
    public static GcLogSource of(InputStream input) {
        return new GcLogSource(() -> input);
    }

    /// Whether an event of such a log begins within `head`, the first bytes of a file.
    public static boolean isLog(byte[] head) {
        return Headings.anyIn(head);
    }

    @Override
    public CallStacks stacks() {
        return stacks;
    }

    @Override
    public void readAll(AllocationSink sink) throws IOException {
        if (read) {
            throw new IllegalStateException("a log is read once");
        }
        read = true;
        PieceMerger merger = new PieceMerger(stacks, sink);
        List<Diagnostic> found = new ArrayList<>();
        try (UnpackedInput input = UnpackedInput.of(opener.open())) {
            new PiecePipeline(new LogPieces(input, PIECE_CAPACITY), merger).run();
            found.addAll(input.diagnostics());
        }
        if (merger.events() == 0) {
            throw new MalformedInputException(
                    "no event of GC activity in it: no line like"
                            + " \"Breakpoint 1, gc_log_change (start_block=0, length=2)\"",
                    -1);
        }
        info = merger.info();
        found.addAll(merger.diagnostics());
        diagnostics = List.copyOf(found);
    }

    @Override
    public TraceInfo info() {
        return info;
    }

    @Override
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
