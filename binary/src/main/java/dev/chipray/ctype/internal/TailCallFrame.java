package dev.chipray.ctype.internal;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import dev.chipray.ctype.FrameAccess;
import java.util.Optional;
import java.util.OptionalLong;

/// The frame that a function had when it ended by jumping to another one: gone from the stack, but its place was that of the
/// function it jumped to. Immutable.
///
/// Its registers count as unknown. Those that a function must give back were its caller's again at the jump, but Clang describes
/// what it passes by what they held before.
///
/// @param entered the frame of the function that it jumped to
/// @param outer the frame that called it
/// @param address within or just behind the jump
record TailCallFrame(FrameAccess entered, FrameAccess outer, long address) implements FrameAccess {
    @Override
    public long programCounter() {
        return address;
    }

    @Override
    public long lookupAddress() {
        return address - 1;
    }

    @Override
    public long loadBias() {
        return entered.loadBias();
    }

    @Override
    public RegisterReader registers() {
        return RegisterReader.empty();
    }

    @Override
    public OptionalLong canonicalFrameAddress() {
        return entered.canonicalFrameAddress();
    }

    @Override
    public MemoryReader memory() {
        return entered.memory();
    }

    @Override
    public Optional<FrameAccess> caller() {
        return Optional.of(outer);
    }
}
