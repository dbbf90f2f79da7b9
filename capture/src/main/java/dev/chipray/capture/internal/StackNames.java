package dev.chipray.capture.internal;

import dev.chipray.symbols.SourceFrame;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.FrameTable;
import dev.chipray.trace.StackTable;
import dev.chipray.unwind.Frames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Turns unwound stacks into the numbers of a recording's tables, with inlined calls as frames of their own; keeps what it
/// has looked up. For one thread.
public final class StackNames {

    private final Program program;
    private final CallStacks stacks;
    private final int depth;
    private final Map<Long, int[]> known = new HashMap<>();

    /// @param depth the most frames of a stack that are kept, the innermost ones
    public StackNames(Program program, CallStacks stacks, int depth) {
        this.program = program;
        this.stacks = stacks;
        this.depth = depth;
    }

    public CallStacks stacks() {
        return stacks;
    }

    /// The frames of one unwound frame, the innermost inlined call first.
    public int[] frames(long programCounter, long lookupAddress) {
        return known.computeIfAbsent(
                programCounter << 1 | (programCounter == lookupAddress ? 1 : 0),
                _ -> lookUp(programCounter, lookupAddress));
    }

    private int[] lookUp(long programCounter, long lookupAddress) {
        List<SourceFrame> found = program.symbolizer().frames(lookupAddress);
        FrameTable table = stacks.frames();
        if (found.isEmpty()) {
            return new int[] {table.intern(0, 0, 0, programCounter)};
        }
        int[] frames = new int[found.size()];
        for (int i = 0; i < frames.length; i++) {
            SourceFrame frame = found.get(i);
            frames[i] =
                    table.intern(
                            stacks.strings().intern(frame.function()),
                            stacks.strings().intern(frame.file()),
                            frame.line(),
                            frame.inlined() ? 0 : programCounter);
        }
        return frames;
    }

    /// The frames of a whole stack, the innermost first.
    public List<int[]> all(Frames frames) {
        List<int[]> all = new ArrayList<>(frames.size() + 1);
        for (int i = 0; i < frames.size(); i++) {
            all.add(frames(frames.programCounter(i), frames.lookupAddress(i)));
        }
        return all;
    }

    /// The frames of a stack that was unwound from behind a return, with the function that returned in front.
    public List<int[]> afterReturn(long programCounter, Frames frames) {
        List<int[]> all = new ArrayList<>(frames.size() + 1);
        all.add(frames(programCounter, programCounter));
        for (int i = 0; i < frames.size(); i++) {
            long back = frames.programCounter(i);
            all.add(frames(back, i == 0 ? back - 1 : frames.lookupAddress(i)));
        }
        return all;
    }

    /// The number of a stack of frames, the innermost first.
    public int stack(List<int[]> frames) {
        int wanted = 0;
        int groups = 0;
        while (groups < frames.size() && wanted < depth) {
            wanted += frames.get(groups++).length;
        }
        int skip = Math.max(0, wanted - depth);
        int stack = StackTable.EMPTY;
        for (int group = groups - 1; group >= 0; group--) {
            int[] inner = frames.get(group);
            for (int i = inner.length - 1; i >= 0; i--) {
                if (skip > 0) {
                    skip--;
                } else {
                    stack = stacks.stacks().intern(stack, inner[i]);
                }
            }
        }
        return stack;
    }

    /// Whether a function of that name is on a stack.
    public boolean isUnder(int stack, int function) {
        StackTable table = stacks.stacks();
        for (int at = stack; at != StackTable.EMPTY; at = table.caller(at)) {
            if (stacks.frames().function(table.frame(at)) == function) {
                return true;
            }
        }
        return false;
    }
}
