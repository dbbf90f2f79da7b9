package dev.chipray.analysis;

/// How stacks become a [CallTree].
///
/// @param allocator frames that are hidden, with all that they call
/// @param inverted  whether the innermost frames are the outermost level, so that a level below is a caller
/// @param maxDepth  levels to keep, at least 1; what is deeper counts for the deepest level kept
/// @param min       nodes that weigh less are left out, with all below them; those that weigh nothing always are
public record CallTreeOptions(AllocatorFrames allocator, boolean inverted, int maxDepth, long min) {

    /// Levels kept unless the caller says otherwise: enough for a recursion as deep as a small device's C stack allows, and
    /// few enough to print, since each level is indented by two more spaces.
    public static final int DEFAULT_DEPTH = 1000;

    /// Outermost callers first, the allocator hidden.
    public static final CallTreeOptions DEFAULT =
            new CallTreeOptions(AllocatorFrames.DEFAULT, false, DEFAULT_DEPTH, 0);

    public CallTreeOptions {
        if (maxDepth < 1) {
            throw new IllegalArgumentException("a tree has at least one level, not " + maxDepth);
        }
    }

    public CallTreeOptions withAllocator(AllocatorFrames newAllocator) {
        return new CallTreeOptions(newAllocator, inverted, maxDepth, min);
    }

    public CallTreeOptions withInverted(boolean newInverted) {
        return new CallTreeOptions(allocator, newInverted, maxDepth, min);
    }

    public CallTreeOptions withMaxDepth(int newMaxDepth) {
        return new CallTreeOptions(allocator, inverted, newMaxDepth, min);
    }

    public CallTreeOptions withMin(long newMin) {
        return new CallTreeOptions(allocator, inverted, maxDepth, newMin);
    }
}
