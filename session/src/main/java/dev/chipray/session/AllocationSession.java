package dev.chipray.session;

import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// One allocation input, open: a log, a history or a recording, whichever it turned out to be.
///
/// Used by one thread. What it throws carries the input's name.
public final class AllocationSession {

    private final InputRequest request;
    private final AllocationSource source;
    private final AtomicLong progress = new AtomicLong();

    private AllocationSession(InputRequest request, AllocationSource source) {
        this.request = request;
        this.source = source;
    }

    /// Opens an input and recognises what it is.
    ///
    /// @throws IOException where it cannot be read
    /// @throws dev.chipray.trace.InputException where it is nothing that has allocation events
    public static AllocationSession open(InputRequest request) throws IOException {
        return new AllocationSession(request, Inputs.open(request));
    }

    /// The frames and stacks of the input; they grow while it is replayed.
    public CallStacks stacks() {
        return source.stacks();
    }

    /// What the input's numbers mean, as far as is known before or after the replay, with what the user told.
    public TraceInfo info() {
        return source.info().withSizes(request.blockSize(), request.heapBlocks());
    }

    /// How many events were read so far, a little late; may be asked from any thread.
    public long eventsRead() {
        return progress.getAcquire();
    }

    /// What to call the input.
    public String name() {
        return request.name();
    }

    /// Reads the input once, from the first event to the last, with all `listeners` following.
    public Replayed replay(List<? extends AllocationListener> listeners) throws IOException {
        FollowedSource followed = follow(listeners);
        followed.readAll((time, kind, block, size, stack) -> {});
        return followed.replayed();
    }

    /// The input for somebody else to read once, while `listeners` follow what he reads.
    public FollowedSource follow(List<? extends AllocationListener> listeners) {
        return new FollowedSource(request, source, listeners, progress);
    }
}
