package dev.chipray.cli;

import dev.chipray.session.AllocationSession;
import dev.chipray.session.InputRequest;
import dev.chipray.session.Replayed;
import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the user may tell about an allocation input; shared by the commands that read one.
final class InputOptions {

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "Read the input as this format instead of recognising it by content.")
    @Nullable String format;

    @Option(
            names = "--block-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description =
                    "Bytes of a block, which a log does not tell: 16 on most 32-bit ports, 32 on 64-bit ones.")
    long blockSize;

    @Option(
            names = "--heap-blocks",
            paramLabel = "N",
            converter = SizeConverter.class,
            description =
                    "Length of the heap in blocks; without it the highest block seen stands in.")
    long heapBlocks;

    InputRequest request(String path) {
        if (blockSize < 0 || heapBlocks < 0) {
            throw new UsageException("--block-size and --heap-blocks are not negative");
        }
        return new InputRequest(path, Optional.ofNullable(format), blockSize, heapBlocks);
    }

    AllocationSession open(String path) throws IOException {
        return AllocationSession.open(request(path));
    }

    /// Reads all of `session` with `listeners` following, and shows progress where that takes long.
    static Replayed replay(
            Console console,
            AllocationSession session,
            List<? extends AllocationListener> listeners)
            throws IOException {
        try (Progress _ = Progress.of(console, session::eventsRead)) {
            return session.replay(listeners);
        }
    }

    /// Bytes of a unit of the trace, or 0 where nobody told.
    static long bytesOfUnit(TraceInfo info) {
        return info.unit() == TraceInfo.Unit.BYTES ? 1 : info.blockSize();
    }
}
