package dev.chipray.export.internal;

import dev.chipray.trace.CallStacks;
import dev.chipray.trace.FrameTable;
import dev.chipray.trace.StackTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Stacks as one line, outermost frame first: `function (file:line);function (file:line)`.
///
/// Characters that would end a frame or a line are replaced by `_`. The text of a frame is made once.
final class StackText {

    private final CallStacks stacks;
    private @Nullable String[] frames = new @Nullable String[256];
    private int[] path = new int[64];

    StackText(CallStacks stacks) {
        this.stacks = stacks;
    }

    /// Appends the frames of `stack`; nothing for the stack without frames.
    void append(int stack, StringBuilder out) {
        StackTable table = stacks.stacks();
        int depth = table.depth(stack);
        if (depth > path.length) {
            path = Arrays.copyOf(path, Math.max(depth, path.length * 2));
        }
        int at = stack;
        for (int i = 0; i < depth; i++) {
            path[i] = table.frame(at);
            at = table.caller(at);
        }
        for (int i = depth - 1; i >= 0; i--) {
            out.append(frame(path[i]));
            if (i > 0) {
                out.append(';');
            }
        }
    }

    /// The stack as a string of its own.
    String of(int stack) {
        StringBuilder out = new StringBuilder();
        append(stack, out);
        return out.toString();
    }

    private String frame(int frame) {
        if (frame >= frames.length) {
            frames = Arrays.copyOf(frames, Math.max(frame + 1, frames.length * 2));
        }
        String known = frames[frame];
        if (known == null) {
            FrameTable table = stacks.frames();
            known = name(table.functionName(frame), table.location(frame));
            frames[frame] = known;
        }
        return known;
    }

    /// One frame's text.
    static String name(String function, String location) {
        String text = function + " (" + location + ")";
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            boolean ends = at == ';' || Character.isISOControl(at) || at == 0x2028 || at == 0x2029;
            result.append(ends ? '_' : at);
        }
        return result.toString();
    }
}
