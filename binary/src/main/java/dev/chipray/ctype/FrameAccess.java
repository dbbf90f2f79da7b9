package dev.chipray.ctype;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import java.util.Optional;
import java.util.OptionalLong;

/// A stack frame as far as its variables need it; whoever unwinds stacks implements it.
public interface FrameAccess {
    /// The address of the frame's next instruction in the target: in a frame that called another one, where it returns to.
    long programCounter();

    /// An address within the instruction that the frame is at: [#programCounter] of an interrupted frame, a byte less
    /// in one that called another.
    long lookupAddress();

    /// What is added to linked addresses in the target; 0 for firmware.
    default long loadBias() {
        return 0;
    }

    /// The frame's registers, as far as they are known.
    RegisterReader registers();

    /// The stack pointer of the caller at its call.
    OptionalLong canonicalFrameAddress();

    /// The target's memory.
    MemoryReader memory();

    /// The frame that called this one; empty for the outermost one and when it is not known.
    Optional<FrameAccess> caller();
}
