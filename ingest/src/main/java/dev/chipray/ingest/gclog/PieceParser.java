package dev.chipray.ingest.gclog;

import dev.chipray.trace.CallStacks;
import dev.chipray.trace.EventKind;
import java.nio.charset.StandardCharsets;

/// Turns pieces of a log into events; keeps the lines, frames and stacks it met from piece to piece.
///
/// Used by one thread at a time, for pieces in the order of the log, though not for all of them.
final class PieceParser {

    /// Frames of a stack that are kept, the innermost ones.
    static final int MAX_DEPTH = 2048;

    private static final byte[] PROGRAM = ascii("Program ");
    private static final byte[] STOPPED = ascii("Backtrace stopped");
    private static final int VALUES = 3;

    private final CallStacks tables = CallStacks.create();
    private final FrameLines frameLines = new FrameLines(tables);
    private final StackBuilder stack = new StackBuilder(tables.stacks(), frameLines);
    private final StopLine stop = new StopLine();
    private final MarkedLine marked = new MarkedLine();

    private Piece piece = new Piece(0);
    private byte[] bytes = {};
    private int limit;
    private PieceEvents events = new PieceEvents();
    private long line;

    private boolean open;
    private boolean explicit;
    private long openedAt;
    private EventKind explicitKind = EventKind.ALLOCATE;
    private long toldBlock;
    private long toldLength;
    private final long[] values = new long[VALUES];
    private int valueCount;
    private boolean unreadable;
    private boolean stopped;

    /// What the event before had, to tell an event that was cut from a log that never has it.
    private int usualValues = 2;

    private boolean usuallyStacks = true;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    PieceEvents parse(Piece next) {
        piece = next;
        bytes = next.bytes;
        limit = next.length;
        events = new PieceEvents();
        line = 0;
        open = false;
        int knownFrames = tables.frames().size();
        int knownStacks = tables.stacks().size();
        int at = 0;
        while (at < limit && !events.stopAfter) {
            line++;
            at =
                    switch (bytes[at]) {
                        case '#' -> frame(at);
                        case '$' -> value(at);
                        case '\n' -> blank(at);
                        default -> other(at);
                    };
        }
        endOfPiece();
        if (piece.shortened) {
            events.trouble(Trouble.LONG_EVENT, 1);
        }
        events.lines = line;
        events.takeNew(tables, knownFrames, knownStacks);
        return events;
    }

    private int frame(int at) {
        int from = at + 1;
        int level = 0;
        while (bytes[from] >= '0' && bytes[from] <= '9') {
            level = Math.min(level * 10 + bytes[from] - '0', 1 << 24);
            from++;
        }
        boolean numbered = from > at + 1;
        while (bytes[from] == ' ') {
            from++;
        }
        if (level == 0 && numbered && stop.isHook(bytes, from, limit)) {
            // It has the event's own numbers in it, so that it is never the same line again.
            return Words.endOfLine(bytes, from) + 1;
        }
        int end = frameLines.read(bytes, from, limit);
        line += frameLines.wraps;
        if (!open) {
            return end + 1;
        }
        if (isUnterminated(end) && !frameLines.isPlaced(frameLines.frame)) {
            return end + 1;
        }
        if (!numbered || frameLines.frame == FrameLines.UNREADABLE) {
            unreadable = true;
        } else {
            stack.add(level, frameLines.frame);
        }
        return end + 1;
    }

    /// `$12 = 0x1f`: the start block, the length, the time.
    private int value(int at) {
        int end = Words.endOfLine(bytes, at);
        if (open && valueCount < VALUES && !isUnterminated(end)) {
            int from = at + 1;
            while (from < end && bytes[from] != '=') {
                from++;
            }
            from++;
            while (from < end && bytes[from] == ' ') {
                from++;
            }
            values[valueCount++] = Numbers.read(bytes, from, trimmed(from, end));
        }
        return end + 1;
    }

    private int blank(int at) {
        if (open && (explicit || (valueCount >= 2 && !stack.isEmpty()))) {
            close();
        }
        return at + 1;
    }

    private int other(int at) {
        int end = Words.endOfLine(bytes, at);
        switch (bytes[at]) {
            case 'B', 'T' -> {
                int function = Headings.afterStop(bytes, at, limit);
                if (function >= 0) {
                    breakpoint(function, end);
                } else if (open && Headings.startsWith(bytes, at, limit, STOPPED)) {
                    stopped = true;
                }
            }
            case 'P' -> {
                if (open && Headings.startsWith(bytes, at, limit, PROGRAM)) {
                    close();
                }
            }
            case 'c' -> {
                if (Headings.isChipray(bytes, at, limit)) {
                    markedLine(at, end);
                }
            }
            case '\r' -> {
                if (end == at + 1) {
                    blank(at);
                }
            }
            default -> {}
        }
        return end + 1;
    }

    private void breakpoint(int function, int end) {
        if (open) {
            close();
        }
        if (stop.readHook(bytes, function, trimmed(function, end))) {
            begin(stop.block, stop.length);
            explicit = false;
        } else if (isUnterminated(end)) {
            events.trouble(Trouble.CUT_DROPPED, line);
        } else if (events.size() > 0) {
            events.stopAfter = true;
            events.eventsAfterStop = !piece.last || hasEvent(end + 1);
            events.trouble(Trouble.OTHER_BREAKPOINT, line);
        } else {
            events.stopBefore = true;
        }
    }

    private boolean hasEvent(int from) {
        for (int at = from; at < limit; at = Words.endOfLine(bytes, at) + 1) {
            if (Headings.isEvent(bytes, at, limit)) {
                return true;
            }
        }
        return false;
    }

    private void markedLine(int at, int end) {
        if (isUnterminated(end)) {
            return;
        }
        if (open) {
            close();
        }
        marked.read(bytes, at, trimmed(at, end));
        if (marked.isHeap) {
            events.blockSize = marked.blockSize;
            events.heapBlocks = marked.heapBlocks;
            return;
        }
        begin(marked.block, marked.length);
        explicit = true;
        explicitKind = marked.kind;
        values[2] = marked.time;
        valueCount = VALUES;
    }

    private void begin(long block, long length) {
        open = true;
        openedAt = line;
        toldBlock = block;
        toldLength = length;
        values[0] = Numbers.NONE;
        values[1] = Numbers.NONE;
        values[2] = Numbers.NONE;
        valueCount = 0;
        unreadable = false;
        stopped = false;
        stack.clear();
    }

    private void endOfPiece() {
        if (!open) {
            return;
        }
        if (!piece.last) {
            close();
            return;
        }
        boolean unterminated = isUnterminated(limit);
        boolean cut = unterminated || (!explicit && valueCount < usualValues);
        if (stack.isEmpty() && (usuallyStacks || unterminated)) {
            events.trouble(Trouble.CUT_DROPPED, openedAt);
            open = false;
            return;
        }
        if (cut) {
            events.trouble(Trouble.CUT_KEPT, openedAt);
        }
        close();
    }

    private void close() {
        open = false;
        if (!explicit) {
            usualValues = valueCount;
        }
        usuallyStacks = !stack.isEmpty();
        long block = values[0] == Numbers.NONE ? toldBlock : values[0];
        long length = values[1] == Numbers.NONE ? toldLength : values[1];
        if (block == Numbers.NONE || length == Numbers.NONE) {
            events.trouble(Trouble.UNUSABLE_NUMBERS, openedAt);
            return;
        }
        if (stack.isEmpty()) {
            events.trouble(Trouble.NO_STACK, openedAt);
        }
        if (unreadable) {
            events.trouble(Trouble.UNREADABLE_FRAME, openedAt);
        }
        if (stopped) {
            events.trouble(Trouble.STOPPED_BACKTRACE, openedAt);
        }
        if (stack.isTooDeep()) {
            events.trouble(Trouble.DEEP_STACK, openedAt);
        }
        int number = stack.build();
        EventKind kind =
                explicit && explicitKind != MarkedLine.CHANGE ? explicitKind : stack.kind(length);
        boolean ends = kind == EventKind.FREE || kind == EventKind.SWEEP;
        events.add(kind, block, ends ? 0 : length, values[2], number);
    }

    /// Whether the line that ends at `end` is the log's last and has no newline of its own.
    private boolean isUnterminated(int end) {
        return end == limit && piece.last && limit > 0 && bytes[limit - 1] != '\n';
    }

    private int trimmed(int from, int end) {
        int to = end;
        while (to > from && (bytes[to - 1] == '\r' || bytes[to - 1] == ' ')) {
            to--;
        }
        return to;
    }
}
