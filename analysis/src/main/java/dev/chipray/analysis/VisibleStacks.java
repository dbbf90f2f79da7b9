package dev.chipray.analysis;

import dev.chipray.trace.CallStacks;
import dev.chipray.trace.FrameTable;
import dev.chipray.trace.StackTable;

/// For each stack of a trace the part that a report shows: its frames from the outermost up to where the allocator begins.
///
/// Made once, when all stacks are known; 4 bytes a stack. Safe for any thread as long as the trace's tables do not grow.
public final class VisibleStacks {

    private final int[] visible;

    public VisibleStacks(CallStacks stacks, AllocatorFrames allocator) {
        StackTable table = stacks.stacks();
        boolean[] hidden = hiddenFrames(stacks.frames(), allocator);
        visible = new int[table.size()];
        for (int stack = 1; stack < visible.length; stack++) {
            int caller = table.caller(stack);
            boolean cut = visible[caller] != caller || hidden[table.frame(stack)];
            visible[stack] = cut ? visible[caller] : stack;
        }
    }

    private static boolean[] hiddenFrames(FrameTable frames, AllocatorFrames allocator) {
        boolean[] asked = new boolean[frames.strings().size()];
        boolean[] hiddenFiles = new boolean[frames.strings().size()];
        boolean[] hidden = new boolean[frames.size()];
        for (int frame = 0; frame < hidden.length; frame++) {
            int file = frames.file(frame);
            if (!asked[file]) {
                asked[file] = true;
                hiddenFiles[file] = allocator.contains(frames.strings().get(file));
            }
            hidden[frame] = hiddenFiles[file];
        }
        return hidden;
    }

    /// The stack that is shown for `stack`; [StackTable#EMPTY] where all of it is the allocator's.
    public int of(int stack) {
        return visible[stack];
    }
}
