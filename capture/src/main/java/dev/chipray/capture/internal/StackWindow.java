package dev.chipray.capture.internal;

import dev.chipray.unwind.Frames;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Learns how much of a stack has to be read so that it can be unwound while the target runs.
///
/// For each stack (of a task, of interrupts) it knows the highest address that an unwind was about; for one thread.
public final class StackWindow {

    /// A stack pointer this far below a known top may still belong to that stack.
    private static final long LONGEST = 1L << 18;

    private static final int FIRST = 1 << 11;

    private final int longest;
    private final TreeMap<Long, Long> tops = new TreeMap<>();

    /// @param longest the most bytes that are ever read of a stack
    public StackWindow(int longest) {
        this.longest = longest;
    }

    /// How many bytes from `sp` on are wanted.
    public int length(long sp) {
        Map.Entry<Long, Long> top = tops.ceilingEntry(sp);
        if (top == null || top.getKey() - sp > LONGEST) {
            return Math.min(longest, FIRST);
        }
        return (int) Math.min(longest, (top.getKey() - sp + 3) & ~3L);
    }

    /// Whether `sp` is on a stack whose top is known.
    public boolean knows(long sp) {
        Map.Entry<Long, Long> top = tops.ceilingEntry(sp);
        return top != null && top.getKey() - sp <= LONGEST;
    }

    /// Takes note of where the stack of an unwind ended.
    public void learn(long sp, Frames frames) {
        long highest = sp;
        for (int i = 0; i < frames.size(); i++) {
            OptionalLong address = frames.canonicalFrameAddress(i);
            if (address.isPresent()
                    && address.getAsLong() - sp < LONGEST
                    && address.getAsLong() > highest) {
                highest = address.getAsLong();
            }
        }
        Map.Entry<Long, Long> known = tops.ceilingEntry(sp);
        if (known != null && known.getKey() - sp <= LONGEST) {
            if (known.getKey() >= highest) {
                return;
            }
        }
        Map.Entry<Long, Long> below = tops.floorEntry(highest);
        if (below != null && highest - below.getKey() < LONGEST && below.getKey() >= sp) {
            tops.remove(below.getKey());
        }
        tops.put(highest, highest);
    }
}
