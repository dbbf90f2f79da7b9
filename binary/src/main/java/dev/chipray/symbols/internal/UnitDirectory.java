package dev.chipray.symbols.internal;

import dev.chipray.bytes.MalformedException;

/// Which unit an address belongs to; immutable, for any thread.
///
/// The starts of disjoint pieces as unsigned offsets from a base, and the unit of each piece or -1.
public final class UnitDirectory {
    private final long base;
    private final int[] starts;
    private final int[] units;

    /// Takes the arrays over and checks them.
    public UnitDirectory(long base, int[] starts, int[] units, int unitCount) {
        this.base = base;
        this.starts = starts;
        this.units = units;
        for (int unit : units) {
            if (unit < -1 || unit >= unitCount) {
                throw new MalformedException("index of units", 0, "unit", unit);
            }
        }
    }

    /// The unit of an address, or -1.
    public int unitAt(long address) {
        long offset = address - base;
        int low = 0;
        int high = starts.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if ((starts[middle] & 0xffff_ffffL) <= offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return offset >>> 32 != 0 || high < 0 ? -1 : units[high];
    }

    long base() {
        return base;
    }

    int[] starts() {
        return starts;
    }

    int[] units() {
        return units;
    }
}
