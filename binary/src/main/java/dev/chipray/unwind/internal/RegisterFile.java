package dev.chipray.unwind.internal;

import dev.chipray.bytes.RegisterReader;
import dev.chipray.unwind.Architecture;
import java.util.OptionalLong;

/// The registers of one frame, by slot, each known or not; for one thread.
public final class RegisterFile implements RegisterReader {
    /// The DWARF numbers that Arm's ABI gives to single- and double-precision registers; compilers use both.
    private static final int ARM_S0 = 64;

    private static final int ARM_D0 = 256;

    private final Architecture architecture;
    final long[] values;
    long known;
    long pc;

    /// Nothing is known.
    public RegisterFile(Architecture architecture) {
        this.architecture = architecture;
        this.values = new long[architecture.slots()];
    }

    /// The value in a slot, 0 when it is not known.
    public long get(int slot) {
        return values[slot];
    }

    /// Whether the value in a slot is known.
    public boolean isKnown(int slot) {
        return slot >= 0 && slot < values.length && (known >>> slot & 1) != 0;
    }

    /// Sets a slot.
    public void set(int slot, long value) {
        if (slot >= 0 && slot < values.length) {
            values[slot] = architecture.sizeOfSlot(slot) == 8 ? value : value & architecture.mask();
            known |= 1L << slot;
        }
    }

    /// Forgets a slot.
    public void forget(int slot) {
        if (slot >= 0 && slot < values.length) {
            values[slot] = 0;
            known &= ~(1L << slot);
        }
    }

    /// Forgets everything.
    public void clear() {
        known = 0;
        pc = 0;
    }

    /// Takes everything over.
    public void copyFrom(RegisterFile other) {
        System.arraycopy(other.values, 0, values, 0, values.length);
        known = other.known;
        pc = other.pc;
    }

    /// Copies all slots, and returns which of them are known.
    public long copyTo(long[] into, int offset) {
        System.arraycopy(values, 0, into, offset, values.length);
        return known;
    }

    /// The program counter.
    public long pc() {
        return pc;
    }

    /// Sets the program counter.
    public void pc(long address) {
        pc = address;
    }

    /// The slot of the stack pointer.
    public int stackPointerSlot() {
        return architecture.stackPointer();
    }

    /// The stack pointer, 0 when it is not known.
    public long stackPointer() {
        return values[architecture.stackPointer()];
    }

    @Override
    public OptionalLong read(int dwarfRegister) {
        if (dwarfRegister == architecture.programCounter()) {
            return OptionalLong.of(pc);
        }
        if (architecture.kind() == Architecture.Kind.ARM
                && dwarfRegister >= ARM_S0
                && dwarfRegister < ARM_S0 + 32) {
            return single(dwarfRegister - ARM_S0);
        }
        int slot = architecture.slot(dwarfRegister);
        return isKnown(slot) ? OptionalLong.of(values[slot]) : OptionalLong.empty();
    }

    /// A single-precision register of Arm, which is half of a double-precision one.
    private OptionalLong single(int number) {
        OptionalLong whole = read(ARM_D0 + number / 2);
        return whole.isPresent()
                ? OptionalLong.of(whole.getAsLong() >>> (number % 2 * 32) & 0xffff_ffffL)
                : whole;
    }

    /// Everything that a target says.
    public void readAll(RegisterReader target) {
        clear();
        for (int slot = 0; slot < values.length; slot++) {
            OptionalLong value = target.read(architecture.register(slot));
            if (value.isPresent()) {
                set(slot, value.getAsLong());
            }
        }
        pc = architecture.codeAddress(target.read(architecture.programCounter()).orElse(0));
    }
}
