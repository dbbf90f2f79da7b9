package dev.chipray.unwind;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import dev.chipray.ctype.FrameAccess;
import java.util.Optional;
import java.util.OptionalLong;

/// A frame of an unwound stack as [dev.chipray.ctype.LocalVariables] reads variables in it; entry values come from the
/// frames further out. A view: it changes when the frames are filled again, and is as safe for threads as they are.
///
/// @param frames the whole stack
/// @param level which frame, 0 for the innermost one
/// @param memory the target's memory
/// @param loadBias what is added to linked addresses of the program whose variables are read, 0 for firmware
public record UnwoundFrame(Frames frames, int level, MemoryReader memory, long loadBias)
        implements FrameAccess {
    public UnwoundFrame {
        if (level < 0 || level >= frames.size()) {
            throw new IndexOutOfBoundsException(level);
        }
    }

    @Override
    public long programCounter() {
        return frames.programCounter(level);
    }

    @Override
    public long lookupAddress() {
        return frames.lookupAddress(level);
    }

    @Override
    public RegisterReader registers() {
        return frames.registers(level);
    }

    @Override
    public OptionalLong canonicalFrameAddress() {
        return frames.canonicalFrameAddress(level);
    }

    /// Empty, too, where the next frame was interrupted and did not call: it passed no parameters.
    @Override
    public Optional<FrameAccess> caller() {
        int outer = level + 1;
        return outer < frames.size() && !frames.isExact(outer)
                ? Optional.of(new UnwoundFrame(frames, outer, memory, loadBias))
                : Optional.empty();
    }
}
