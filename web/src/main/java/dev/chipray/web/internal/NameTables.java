package dev.chipray.web.internal;

import dev.chipray.analysis.AllocatorFrames;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.FrameTable;
import dev.chipray.trace.StackTable;
import dev.chipray.trace.StringTable;
import java.util.Arrays;

/// The stacks, frames and strings that a page names, under new dense numbers; a source's tables may hold many more.
///
/// Stack 0 stays the empty stack and string 0 the empty string; a caller still has a smaller number than what it called.
final class NameTables {

    private static final int UNUSED = -1;

    private final CallStacks trace;
    private final int[] stacks;
    private final int[] frames;
    private final int[] strings;
    private int stackCount = 1;
    private int frameCount;
    private int stringCount = 1;

    /// @param used whether a stack is named
    NameTables(CallStacks trace, boolean[] used) {
        this.trace = trace;
        StackTable table = trace.stacks();
        stacks = new int[table.size()];
        frames = new int[trace.frames().size()];
        strings = new int[trace.strings().size()];
        for (int stack = table.size() - 1; stack > StackTable.EMPTY; stack--) {
            if (stack < used.length && used[stack]) {
                used[table.caller(stack)] = true;
            }
        }
        Arrays.fill(stacks, UNUSED);
        Arrays.fill(frames, UNUSED);
        Arrays.fill(strings, UNUSED);
        stacks[StackTable.EMPTY] = 0;
        strings[StringTable.EMPTY] = 0;
        for (int stack = 1; stack < stacks.length; stack++) {
            if (stack < used.length && used[stack]) {
                stacks[stack] = stackCount++;
                nameFrame(table.frame(stack));
            }
        }
    }

    private void nameFrame(int frame) {
        if (frames[frame] == UNUSED) {
            frames[frame] = frameCount++;
            nameString(trace.frames().function(frame));
            nameString(trace.frames().file(frame));
        }
    }

    private void nameString(int string) {
        if (strings[string] == UNUSED) {
            strings[string] = stringCount++;
        }
    }

    /// The number that `stack` has in the page.
    int stack(int stack) {
        return stacks[stack];
    }

    void writeStrings(ByteColumn out) {
        int[] old = inverse(strings, stringCount);
        out.unsigned(stringCount);
        out.text("");
        for (int string = 1; string < stringCount; string++) {
            out.text(trace.strings().get(old[string]));
        }
    }

    /// @param allocators which frames are the allocator's
    void writeFrames(ByteColumn out, AllocatorFrames allocators) {
        FrameTable table = trace.frames();
        int[] old = inverse(frames, frameCount);
        out.unsigned(frameCount);
        for (int frame = 0; frame < frameCount; frame++) {
            int from = old[frame];
            boolean interpreted = table.language(from) == FrameTable.Language.INTERPRETED;
            boolean allocator = allocators.contains(trace.strings().get(table.file(from)));
            out.unsigned(strings[table.function(from)]);
            out.unsigned(strings[table.file(from)]);
            out.unsigned(Math.max(0, table.line(from)));
            // Two halves: a JavaScript number holds 53 bits.
            out.unsigned(table.address(from) & 0xFFFF_FFFFL);
            out.unsigned(table.address(from) >>> 32);
            out.u8((interpreted ? 1 : 0) | (allocator ? 2 : 0));
        }
    }

    void writeStacks(ByteColumn out) {
        StackTable table = trace.stacks();
        int[] old = inverse(stacks, stackCount);
        out.unsigned(stackCount);
        for (int stack = 1; stack < stackCount; stack++) {
            out.unsigned(stacks[table.caller(old[stack])]);
            out.unsigned(frames[table.frame(old[stack])]);
        }
    }

    private static int[] inverse(int[] numbers, int count) {
        int[] old = new int[count];
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] >= 0) {
                old[numbers[i]] = i;
            }
        }
        return old;
    }
}
