package dev.chipray.ingest.gclog;

import dev.chipray.trace.EventKind;
import dev.chipray.trace.StackTable;

/// Collects the frames of one event, innermost first, and makes a stack of them.
///
/// The hook's own frames are left out. The outer part of a stack is mostly that of the event before, and is not looked
/// up again. Used by one thread.
final class StackBuilder {

    /// How many of the innermost frames tell what an event is about.
    private static final int INNERMOST = 4;

    private final StackTable stacks;
    private final FrameLines frameLines;

    private final int[] frames = new int[PieceParser.MAX_DEPTH];
    private int depth;
    private int lastLevel;
    private boolean tooDeep;

    /// Frames and stacks of the event before, outermost first.
    private final int[] pathFrames = new int[PieceParser.MAX_DEPTH];

    private final int[] pathStacks = new int[PieceParser.MAX_DEPTH];
    private int pathDepth;

    StackBuilder(StackTable stacks, FrameLines frameLines) {
        this.stacks = stacks;
        this.frameLines = frameLines;
    }

    void clear() {
        depth = 0;
        lastLevel = -1;
        tooDeep = false;
    }

    /// Adds a frame. A level that is not above the last was shown before: `up` and `backtrace` may both have been used.
    void add(int level, int frame) {
        if (level <= lastLevel) {
            return;
        }
        lastLevel = level;
        if (depth == 0 && frameLines.role(frame) == Role.HOOK) {
            return;
        }
        if (depth == frames.length) {
            tooDeep = true;
            return;
        }
        frames[depth++] = frame;
    }

    boolean isEmpty() {
        return depth == 0;
    }

    boolean isTooDeep() {
        return tooDeep;
    }

    /// What an event is that does not say so itself: the first function of the collector above the hook decides.
    EventKind kind(long length) {
        if (length == 0) {
            return depth > 0 && frameLines.role(frames[0]) == Role.SWEEP
                    ? EventKind.SWEEP
                    : EventKind.FREE;
        }
        for (int i = 0; i < Math.min(depth, INNERMOST); i++) {
            Role role = frameLines.role(frames[i]);
            if (role != Role.NONE) {
                return role == Role.RESIZE ? EventKind.RESIZE : EventKind.ALLOCATE;
            }
        }
        return EventKind.ALLOCATE;
    }

    /// The stack of the frames, in the parser's numbers.
    int build() {
        int shared = 0;
        int most = Math.min(depth, pathDepth);
        while (shared < most && pathFrames[shared] == frames[depth - 1 - shared]) {
            shared++;
        }
        int stack = shared == 0 ? StackTable.EMPTY : pathStacks[shared - 1];
        for (int i = shared; i < depth; i++) {
            int frame = frames[depth - 1 - i];
            stack = stacks.intern(stack, frame);
            pathFrames[i] = frame;
            pathStacks[i] = stack;
        }
        pathDepth = depth;
        return stack;
    }
}
