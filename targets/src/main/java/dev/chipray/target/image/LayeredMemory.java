package dev.chipray.target.image;

import dev.chipray.bytes.MemoryReader;

/// Memory in which an upper layer hides a lower one; as safe for threads as its layers.
///
/// @param upper what counts where it has something
/// @param lower what is asked for the rest
public record LayeredMemory(MemoryReader upper, MemoryReader lower) implements MemoryReader {
    @Override
    public int read(long address, byte[] into, int offset, int length) {
        int done = 0;
        while (done < length) {
            int got = upper.read(address + done, into, offset + done, length - done);
            if (got <= 0) {
                got = lowerUpToUpper(address + done, into, offset + done, length - done);
            }
            if (got <= 0) {
                break;
            }
            done += got;
        }
        return done;
    }

    /// The lower layer may reach under the upper one, so as much is taken as the upper has not.
    private int lowerUpToUpper(long address, byte[] into, int offset, int length) {
        int got = lower.read(address, into, offset, length);
        if (got <= 1) {
            return got;
        }
        byte[] one = new byte[1];
        if (upper.read(address + got - 1, one, 0, 1) == 0) {
            return got;
        }
        int low = 1;
        int high = got - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (upper.read(address + middle, one, 0, 1) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
