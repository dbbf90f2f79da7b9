package dev.chipray.unwind.internal;

import dev.chipray.unwind.Architecture;
import dev.chipray.unwind.Architecture.Kind;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Finds callers where no table and no instruction tells: by frame pointers, then by words that look like return addresses.
/// For one thread.
final class Guesses {
    /// How many words of the stack a scan looks at.
    private static final int MOST_WORDS = 1024;

    /// How far apart two frames are believed to be.
    private static final long LARGEST_FRAME = 1 << 20;

    private final Architecture architecture;
    private final StackMemory memory;
    private final LongFunction<@Nullable ModuleTables> moduleAt;
    private final CallSites callSites;

    Guesses(
            Architecture architecture,
            StackMemory memory,
            LongFunction<@Nullable ModuleTables> moduleAt) {
        this.architecture = architecture;
        this.memory = memory;
        this.moduleAt = moduleAt;
        this.callSites = new CallSites(architecture.kind());
    }

    /// Whether a call is just before the address that a word names.
    boolean isReturnAddress(long word) {
        if (architecture.kind() == Kind.ARM && (word & 1) == 0) {
            return false;
        }
        long address = architecture.codeAddress(word);
        ModuleTables module = moduleAt.apply(address - 1);
        return module != null
                && callSites.isReturnAddress(module.code().instructions(), address - module.bias());
    }

    boolean byFramePointer(RegisterFile frame, RegisterFile caller) {
        int slot = architecture.framePointer();
        if (slot < 0 || !frame.isKnown(slot) || !frame.isKnown(architecture.stackPointer())) {
            return false;
        }
        long pointer = frame.get(slot);
        long stack = frame.stackPointer();
        int word = architecture.wordSize();
        // RISC-V keeps the two words below where the frame pointer points, the others keep them
        // there.
        long pair = architecture.kind() == Kind.RISCV ? pointer - 2L * word : pointer;
        if (pointer % word != 0
                || Long.compareUnsigned(pair, stack) < 0
                || Long.compareUnsigned(pair - stack, LARGEST_FRAME) > 0) {
            return false;
        }
        long outer = memory.word(pair);
        long returnAddress = memory.word(pair + word);
        if (memory.failed() || !isReturnAddress(returnAddress)) {
            return false;
        }
        caller.copyFrom(frame);
        caller.set(slot, outer);
        caller.set(architecture.stackPointer(), pair + 2L * word);
        caller.pc(returnAddress);
        return true;
    }

    boolean byScan(RegisterFile frame, RegisterFile caller) {
        if (!frame.isKnown(architecture.stackPointer())) {
            return false;
        }
        long at = frame.stackPointer();
        int word = architecture.wordSize();
        for (int i = 0; i < MOST_WORDS; i++, at += word) {
            long value = memory.word(at);
            if (memory.failed()) {
                return false;
            }
            if (isReturnAddress(value)) {
                caller.copyFrom(frame);
                caller.set(architecture.stackPointer(), at + word);
                caller.pc(value);
                return true;
            }
        }
        return false;
    }
}
