package dev.chipray.analysis;

import dev.chipray.trace.CallStacks;
import dev.chipray.trace.StackTable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Which functions are the garbage collector at work, and which stacks go through one.
public final class CollectorFrames {

    /// Functions of MicroPython's and CircuitPython's collector that run only during a collection.
    public static final Set<String> FUNCTIONS =
            Set.copyOf(
                    List.of(
                            "gc_sweep",
                            "gc_sweep_run_finalisers",
                            "gc_sweep_free_blocks",
                            "gc_sweep_all",
                            "gc_collect_end",
                            "gc_collect",
                            "gc_deal_with_stack_overflow"));

    private static final byte UNKNOWN = 0;
    private static final byte OUTSIDE = 1;
    private static final byte INSIDE = 2;

    private final CallStacks stacks;
    private byte[] known = new byte[256];
    private int[] pending = new int[64];

    /// @param stacks may grow while stacks are asked for
    public CollectorFrames(CallStacks stacks) {
        this.stacks = stacks;
        known[StackTable.EMPTY] = OUTSIDE;
    }

    /// Whether a frame of `stack` is the collector; after the first time a look-up in a table, a byte for each stack.
    public boolean contains(int stack) {
        if (stack >= known.length) {
            known = Arrays.copyOf(known, Math.max(stack + 1, known.length * 2));
        }
        byte answer = known[stack];
        return answer == UNKNOWN ? find(stack) : answer == INSIDE;
    }

    private boolean find(int stack) {
        StackTable table = stacks.stacks();
        int length = 0;
        int at = stack;
        while (known[at] == UNKNOWN) {
            if (length == pending.length) {
                pending = Arrays.copyOf(pending, length * 2);
            }
            pending[length++] = at;
            at = table.caller(at);
        }
        byte answer = known[at];
        while (length > 0) {
            int next = pending[--length];
            if (answer == OUTSIDE
                    && FUNCTIONS.contains(stacks.frames().functionName(table.frame(next)))) {
                answer = INSIDE;
            }
            known[next] = answer;
        }
        return answer == INSIDE;
    }
}
