package dev.chipray.recording;

import dev.chipray.trace.UnsupportedInputException;

/// Counts what a reader will hold for as long as the recording is open, before it is allocated.
final class MemoryBudget {

    private final long limit;
    private long used;

    MemoryBudget(long limit) {
        this.limit = limit;
    }

    /// @param cost   bytes about to be held
    /// @param offset the place in the file that asks for them
    void charge(long cost, long offset) {
        used += cost;
        if (used > limit) {
            throw new UnsupportedInputException(
                    "the names and call stacks of this recording need more than %d MiB of memory (at byte 0x%x)"
                            .formatted(limit >> 20, offset),
                    "give the command more with -Xmx");
        }
    }
}
