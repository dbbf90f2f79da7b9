package dev.chipray.trace;

import java.util.Arrays;

/// Distinct call stacks as (caller's stack, frame) pairs, numbered from 0 in the order first seen; number 0 is the empty
/// stack.
///
/// A stack's number stands for its innermost frame together with all of its callers; walking [#caller(int)] goes outwards
/// and ends at [#EMPTY]. A caller always has a smaller number than the stacks it called. One writer at a time.
public final class StackTable {

    /// The number of the stack without frames.
    public static final int EMPTY = 0;

    private static final int INITIAL_CAPACITY = 256;

    private int[] callers = new int[INITIAL_CAPACITY];
    private int[] frames = new int[INITIAL_CAPACITY];
    private int[] depths = new int[INITIAL_CAPACITY];
    private int size = 1;
    private final IntHashIndex index = new IntHashIndex();

    public StackTable() {
        callers[EMPTY] = -1;
        frames[EMPTY] = -1;
    }

    /// The number of the stack in which `frame` was called from `caller`, a new one if it was not there.
    public int intern(int caller, int frame) {
        int hash = hash(caller, frame);
        for (int slot = index.first(hash); ; slot = index.next(slot)) {
            int id = index.at(slot);
            if (id < 0) {
                int added = add(caller, frame);
                index.put(slot, added, this::hashOf);
                return added;
            }
            if (callers[id] == caller && frames[id] == frame) {
                return id;
            }
        }
    }

    private int add(int caller, int frame) {
        if (size == callers.length) {
            callers = Arrays.copyOf(callers, size * 2);
            frames = Arrays.copyOf(frames, size * 2);
            depths = Arrays.copyOf(depths, size * 2);
        }
        callers[size] = caller;
        frames[size] = frame;
        depths[size] = depths[caller] + 1;
        return size++;
    }

    private int hashOf(int stack) {
        return hash(callers[stack], frames[stack]);
    }

    private static int hash(int caller, int frame) {
        return IntHashIndex.mix(((long) caller << 32 | frame) * 0x9E3779B97F4A7C15L);
    }

    /// How many stacks there are, the empty one and every prefix included.
    public int size() {
        return size;
    }

    /// The stack of the innermost frame's caller; -1 for [#EMPTY].
    public int caller(int stack) {
        return callers[stack];
    }

    /// The innermost frame, as a number of the [FrameTable]; -1 for [#EMPTY].
    public int frame(int stack) {
        return frames[stack];
    }

    /// How many frames `stack` has.
    public int depth(int stack) {
        return depths[stack];
    }

    /// The frames of `stack`, innermost first.
    public int[] framesInnermostFirst(int stack) {
        int[] result = new int[depths[stack]];
        int at = stack;
        for (int i = 0; i < result.length; i++) {
            result[i] = frames[at];
            at = callers[at];
        }
        return result;
    }
}
