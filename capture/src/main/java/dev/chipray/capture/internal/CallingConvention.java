package dev.chipray.capture.internal;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.target.RegisterValues;
import dev.chipray.unwind.Architecture;
import java.util.OptionalLong;

/// Where arguments, results and return addresses are at the entry of a function, by the architectures' procedure call
/// standards: as far as integers and pointers in registers go. Stateless.
public final class CallingConvention {

    private static final int[] AMD64 = {5, 4, 1, 2, 8, 9};

    private final Architecture architecture;

    public CallingConvention(Architecture architecture) {
        this.architecture = architecture;
    }

    /// The argument of an index, counted from 0, at a function's first instruction.
    public OptionalLong argument(RegisterValues registers, int index) {
        int register =
                switch (architecture.kind()) {
                    case ARM -> index < 4 ? index : -1;
                    case RISCV -> index < 8 ? 10 + index : -1;
                    case X86_64 -> index < AMD64.length ? AMD64[index] : -1;
                    // Without register windows, as on the ESP8266.
                    case XTENSA -> index < 6 ? 2 + index : -1;
                };
        return register < 0 ? OptionalLong.empty() : registers.read(register);
    }

    /// What a function that has just returned, or is about to, returns.
    public OptionalLong result(RegisterValues registers) {
        return registers.read(
                switch (architecture.kind()) {
                    case ARM, X86_64 -> 0;
                    case RISCV -> 10;
                    case XTENSA -> 2;
                });
    }

    /// Where a function returns to, at its first instruction; a return address on the stack is read from `stack`.
    public OptionalLong returnAddress(RegisterValues registers, MemoryReader stack) {
        if (architecture.link() >= 0) {
            OptionalLong link = registers.read(architecture.link());
            return link.isPresent()
                    ? OptionalLong.of(architecture.codeAddress(link.getAsLong()))
                    : link;
        }
        byte[] bytes = new byte[8];
        if (!stack.readFully(registers.stackPointer().orElse(0), bytes)) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return OptionalLong.of(value);
    }

    /// The stack pointer after a return, from the one at the entry.
    public long stackAfterReturn(long stackAtEntry) {
        return stackAtEntry + (architecture.link() >= 0 ? 0 : architecture.wordSize());
    }
}
