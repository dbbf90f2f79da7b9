package dev.chipray.analysis;

import org.jspecify.annotations.Nullable;

/// Remembers the moment when the most free blocks lay outside of the largest free run; the first of equal ones.
///
/// Counting blocks and not their share keeps a nearly full heap, where two single free blocks are all there is, from being
/// called the worst.
public final class WorstFragmentation implements HeapGauge.Reader {

    private long most;
    private @Nullable HeapReading worst;

    @Override
    public void read(HeapGauge gauge) {
        long scattered = gauge.free() - gauge.largestFreeRun();
        if (scattered > most) {
            most = scattered;
            worst = gauge.reading();
        }
    }

    /// The worst moment; null where the free blocks were never in more than one run.
    public @Nullable HeapReading worst() {
        return worst;
    }
}
