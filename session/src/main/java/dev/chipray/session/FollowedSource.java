package dev.chipray.session;

import dev.chipray.analysis.Gaps;
import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.AllocationSink;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// An input that is replayed for listeners while somebody else reads it, so that one reading serves both.
public final class FollowedSource implements AllocationSource {

    private static final long PROGRESS_MASK = (1 << 14) - 1;

    private final InputRequest request;
    private final AllocationSource source;
    private final AllocationReplay replay;
    private final AtomicLong progress;

    FollowedSource(
            InputRequest request,
            AllocationSource source,
            List<? extends AllocationListener> listeners,
            AtomicLong progress) {
        this.progress = progress;
        this.request = request;
        this.source = source;
        this.replay = new AllocationReplay(listeners);
    }

    @Override
    public CallStacks stacks() {
        return source.stacks();
    }

    @Override
    public void readAll(AllocationSink sink) throws IOException {
        Inputs.withName(
                request,
                () -> {
                    source.readAll((time, kind, block, size, stack) -> {
                        replay.event(time, kind, block, size, stack);
                        if ((replay.events() & PROGRESS_MASK) == 0) {
                            progress.setRelease(replay.events());
                        }
                        sink.event(time, kind, block, size, stack);
                    });
                    return replay;
                });
    }

    /// What the numbers mean, with what the user told.
    @Override
    public TraceInfo info() {
        return source.info().withSizes(request.blockSize(), request.heapBlocks());
    }

    /// Trouble of the source, then gaps in its events.
    @Override
    public List<Diagnostic> diagnostics() {
        List<Diagnostic> all = new ArrayList<>(source.diagnostics());
        all.addAll(Gaps.of(replay));
        return all;
    }

    /// What is known after the reading.
    public Replayed replayed() {
        return new Replayed(request.name(), info(), stacks(), replay, diagnostics());
    }
}
