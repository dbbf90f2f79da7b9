package dev.chipray.unwind.internal;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.unwind.Architecture;
import java.nio.ByteOrder;

/// Reads numbers from a target's memory; for one thread. A number that is not there is 0 and leaves [#failed] set.
public final class StackMemory {
    private final MemoryReader memory;
    private final Architecture architecture;
    private final boolean little;
    private final byte[] buffer = new byte[8];
    private boolean failed;

    /// A reader in an architecture's byte order.
    public StackMemory(MemoryReader memory, Architecture architecture) {
        this.memory = memory;
        this.architecture = architecture;
        this.little = architecture.order() == ByteOrder.LITTLE_ENDIAN;
    }

    /// The memory itself.
    public MemoryReader memory() {
        return memory;
    }

    /// Whether a read failed since the last call of this method.
    public boolean takeFailure() {
        boolean was = failed;
        failed = false;
        return was;
    }

    /// Whether a read failed.
    public boolean failed() {
        return failed;
    }

    /// A word.
    public long word(long address) {
        return number(address, architecture.wordSize());
    }

    /// A number of 1, 2, 4 or 8 bytes.
    public long number(long address, int size) {
        if (memory.read(address & architecture.mask(), buffer, 0, size) != size) {
            failed = true;
            return 0;
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (buffer[i] & 0xffL) << (8 * (little ? i : size - 1 - i));
        }
        return value;
    }
}
