package dev.chipray.ingest.gclog;

import dev.chipray.trace.CallStacks;
import dev.chipray.trace.StackTable;
import java.util.Arrays;

/// One parser's numbers of frames and stacks, and those of the whole log that stand for them.
///
/// The log's numbers are given when an event first needs them, outermost frame first: so they do not depend on how the
/// log was cut. Used by one thread.
final class StackMapping {

    private static final int UNMAPPED = -1;

    private final CallStacks target;

    private String[] functions = new String[64];
    private String[] files = new String[64];
    private int[] lines = new int[64];
    private long[] addresses = new long[64];
    private int[] mappedFrames = new int[64];

    private int[] callers = new int[256];
    private int[] frames = new int[256];
    private int[] mappedStacks = new int[256];
    private int[] path = new int[64];

    StackMapping(CallStacks target) {
        this.target = target;
        mappedStacks[StackTable.EMPTY] = StackTable.EMPTY;
    }

    /// Takes what the parser met in `piece` for the first time.
    void learn(PieceEvents piece) {
        int frameCount = piece.functions.length;
        int frameEnd = piece.firstFrame + frameCount;
        if (frameEnd > functions.length) {
            int capacity = Math.max(frameEnd, functions.length * 2);
            functions = Arrays.copyOf(functions, capacity);
            files = Arrays.copyOf(files, capacity);
            lines = Arrays.copyOf(lines, capacity);
            addresses = Arrays.copyOf(addresses, capacity);
            mappedFrames = Arrays.copyOf(mappedFrames, capacity);
        }
        System.arraycopy(piece.functions, 0, functions, piece.firstFrame, frameCount);
        System.arraycopy(piece.files, 0, files, piece.firstFrame, frameCount);
        System.arraycopy(piece.fileLines, 0, lines, piece.firstFrame, frameCount);
        System.arraycopy(piece.addresses, 0, addresses, piece.firstFrame, frameCount);
        Arrays.fill(mappedFrames, piece.firstFrame, frameEnd, UNMAPPED);

        int stackCount = piece.callers.length;
        int stackEnd = piece.firstStack + stackCount;
        if (stackEnd > callers.length) {
            int capacity = Math.max(stackEnd, callers.length * 2);
            callers = Arrays.copyOf(callers, capacity);
            frames = Arrays.copyOf(frames, capacity);
            mappedStacks = Arrays.copyOf(mappedStacks, capacity);
        }
        System.arraycopy(piece.callers, 0, callers, piece.firstStack, stackCount);
        System.arraycopy(piece.frames, 0, frames, piece.firstStack, stackCount);
        Arrays.fill(mappedStacks, piece.firstStack, stackEnd, UNMAPPED);
    }

    /// The log's number of the parser's `stack`.
    int map(int stack) {
        int mapped = mappedStacks[stack];
        return mapped == UNMAPPED ? mapNew(stack) : mapped;
    }

    private int mapNew(int stack) {
        int depth = 0;
        int at = stack;
        while (mappedStacks[at] == UNMAPPED) {
            if (depth == path.length) {
                path = Arrays.copyOf(path, depth * 2);
            }
            path[depth++] = at;
            at = callers[at];
        }
        int mapped = mappedStacks[at];
        while (depth > 0) {
            at = path[--depth];
            mapped = target.stacks().intern(mapped, mapFrame(frames[at]));
            mappedStacks[at] = mapped;
        }
        return mapped;
    }

    private int mapFrame(int frame) {
        if (mappedFrames[frame] == UNMAPPED) {
            mappedFrames[frame] =
                    target.frames()
                            .intern(
                                    target.strings().intern(functions[frame]),
                                    target.strings().intern(files[frame]),
                                    lines[frame],
                                    addresses[frame]);
        }
        return mappedFrames[frame];
    }
}
