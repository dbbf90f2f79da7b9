package dev.chipray.ingest.gclog;

import dev.chipray.trace.AllocationSink;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.TraceInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts the pieces of a log together again, in order: tells their events to a sink, with frames and stacks numbered as
/// if one thread had read the log.
///
/// Used by one thread.
final class PieceMerger {

    private final CallStacks target;
    private final AllocationSink sink;
    private final Map<PieceParser, StackMapping> mappings = new HashMap<>();

    private final long[] troubleCounts = new long[Trouble.values().length];
    private final long[] troubleLines = new long[Trouble.values().length];
    private long lines;
    private long events;
    private boolean timed;
    private long time;
    private long blockSize;
    private long heapBlocks;

    PieceMerger(CallStacks target, AllocationSink sink) {
        this.target = target;
        this.sink = sink;
    }

    /// Takes the next piece.
    ///
    /// @param parser who parsed it
    /// @return whether the log goes on
    boolean add(PieceParser parser, PieceEvents piece) {
        if (piece.stopBefore && events > 0) {
            if (piece.size() > 0) {
                count(Trouble.OTHER_BREAKPOINT, 1, lines + 1);
            }
            return false;
        }
        StackMapping mapping = mappings.computeIfAbsent(parser, _ -> new StackMapping(target));
        mapping.learn(piece);
        if (piece.blockSize > 0 || piece.heapBlocks > 0) {
            blockSize = piece.blockSize;
            heapBlocks = piece.heapBlocks;
        }
        for (int event = 0; event < piece.size(); event++) {
            tell(piece, event, mapping.map(piece.stack(event)));
        }
        for (Trouble trouble : Trouble.values()) {
            if (trouble != Trouble.OTHER_BREAKPOINT || piece.eventsAfterStop) {
                count(trouble, piece.count(trouble), lines + piece.line(trouble));
            }
        }
        lines += piece.lines;
        return !piece.stopAfter;
    }

    private void tell(PieceEvents piece, int event, int stack) {
        long tick = piece.tick(event);
        if (events == 0) {
            timed = tick != Numbers.NONE;
        }
        if (timed && tick != Numbers.NONE) {
            time = tick;
        } else if (timed) {
            count(Trouble.TIME_UNKNOWN, 1, lines + 1);
        } else {
            time = events;
            if (tick != Numbers.NONE) {
                count(Trouble.TICKS_UNUSED, 1, lines + 1);
            }
        }
        sink.event(time, piece.kind(event), piece.block(event), piece.length(event), stack);
        events++;
    }

    private void count(Trouble trouble, long count, long line) {
        if (count > 0) {
            int at = trouble.ordinal();
            if (troubleCounts[at] == 0) {
                troubleLines[at] = line;
            }
            troubleCounts[at] += count;
        }
    }

    long events() {
        return events;
    }

    TraceInfo info() {
        return TraceInfo.UNKNOWN_BLOCKS
                .withSizes(blockSize, heapBlocks)
                .withTimeUnit(timed ? TraceInfo.TimeUnit.MILLISECONDS : TraceInfo.TimeUnit.EVENTS);
    }

    List<Diagnostic> diagnostics() {
        List<Diagnostic> result = new ArrayList<>();
        for (Trouble trouble : Trouble.values()) {
            long count = troubleCounts[trouble.ordinal()];
            if (count > 0) {
                result.add(trouble.diagnostic(count, troubleLines[trouble.ordinal()]));
            }
        }
        return result;
    }
}
