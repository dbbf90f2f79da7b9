package dev.chipray.ingest.gclog;

import dev.chipray.trace.CallStacks;
import dev.chipray.trace.EventKind;
import java.util.Arrays;

/// The events of one piece in columns, with the frames and stacks that its parser met there for the first time.
///
/// Made by one thread, then handed to the one that puts pieces together; nothing in it changes after that.
final class PieceEvents {

    private static final EventKind[] KINDS = EventKind.values();
    private static final int TROUBLES = Trouble.values().length;

    private byte[] kinds = new byte[256];
    private long[] blocks = new long[256];
    private long[] lengths = new long[256];
    private long[] ticks = new long[256];
    private int[] stacks = new int[256];
    private int size;

    private final long[] troubleCounts = new long[TROUBLES];
    private final long[] troubleLines = new long[TROUBLES];

    /// Lines of the piece.
    long lines;

    /// Whether a stop at another breakpoint came before the first event.
    boolean stopBefore;

    /// Whether a stop at another breakpoint came after the last of these events, and the rest was not read.
    boolean stopAfter;

    /// Whether more events seem to follow that stop.
    boolean eventsAfterStop;

    /// Bytes a block has and blocks the heap has, where the log says so; else 0.
    long blockSize;

    long heapBlocks;

    /// Number of the first of the new frames and stacks, in the parser's own numbers.
    int firstFrame;

    int firstStack;

    String[] functions = {};
    String[] files = {};
    int[] fileLines = {};
    long[] addresses = {};
    int[] callers = {};
    int[] frames = {};

    void add(EventKind kind, long block, long length, long tick, int stack) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            blocks = Arrays.copyOf(blocks, size * 2);
            lengths = Arrays.copyOf(lengths, size * 2);
            ticks = Arrays.copyOf(ticks, size * 2);
            stacks = Arrays.copyOf(stacks, size * 2);
        }
        kinds[size] = (byte) kind.ordinal();
        blocks[size] = block;
        lengths[size] = length;
        ticks[size] = tick;
        stacks[size] = stack;
        size++;
    }

    void trouble(Trouble trouble, long line) {
        if (troubleCounts[trouble.ordinal()]++ == 0) {
            troubleLines[trouble.ordinal()] = line;
        }
    }

    /// Takes what the parser's tables have from `frame` and `stack` on.
    void takeNew(CallStacks tables, int frame, int stack) {
        firstFrame = frame;
        firstStack = stack;
        int newFrames = tables.frames().size() - frame;
        functions = new String[newFrames];
        files = new String[newFrames];
        fileLines = new int[newFrames];
        addresses = new long[newFrames];
        for (int i = 0; i < newFrames; i++) {
            functions[i] = tables.strings().get(tables.frames().function(frame + i));
            files[i] = tables.strings().get(tables.frames().file(frame + i));
            fileLines[i] = tables.frames().line(frame + i);
            addresses[i] = tables.frames().address(frame + i);
        }
        int newStacks = tables.stacks().size() - stack;
        callers = new int[newStacks];
        frames = new int[newStacks];
        for (int i = 0; i < newStacks; i++) {
            callers[i] = tables.stacks().caller(stack + i);
            frames[i] = tables.stacks().frame(stack + i);
        }
    }

    int size() {
        return size;
    }

    EventKind kind(int event) {
        return KINDS[kinds[event]];
    }

    long block(int event) {
        return blocks[event];
    }

    long length(int event) {
        return lengths[event];
    }

    /// Milliseconds, or [Numbers#NONE].
    long tick(int event) {
        return ticks[event];
    }

    /// Stack in the parser's own numbers.
    int stack(int event) {
        return stacks[event];
    }

    long count(Trouble trouble) {
        return troubleCounts[trouble.ordinal()];
    }

    /// Line of the piece, from 1, where it was first met.
    long line(Trouble trouble) {
        return troubleLines[trouble.ordinal()];
    }
}
