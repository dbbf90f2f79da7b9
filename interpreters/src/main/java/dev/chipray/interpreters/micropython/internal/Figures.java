package dev.chipray.interpreters.micropython.internal;

import dev.chipray.interpreters.micropython.GcArea;
import dev.chipray.interpreters.micropython.GcFigures;
import java.util.List;

/// Counts blocks as the firmware does, its odd cases included: a free run that a marked block ends is not ended.
public final class Figures {
    private long used;
    private long free;
    private int ones;
    private int twos;
    private int largestAllocation;
    private int largestFree;

    private Figures() {}

    /// The figures over all areas.
    public static GcFigures of(List<GcArea> areas) {
        Figures sum = new Figures();
        long total = 0;
        long usedBytes = 0;
        long freeBytes = 0;
        for (GcArea area : areas) {
            sum.used = 0;
            sum.free = 0;
            sum.add(area.kinds());
            total += area.poolEnd() - area.poolStart();
            usedBytes += sum.used * area.blockSize();
            freeBytes += sum.free * area.blockSize();
        }
        return new GcFigures(
                total,
                usedBytes,
                freeBytes,
                sum.ones,
                sum.twos,
                sum.largestAllocation,
                sum.largestFree);
    }

    private void add(byte[] kinds) {
        int run = 0;
        int freeRun = 0;
        for (int i = 0; i < kinds.length; i++) {
            switch (kinds[i]) {
                case GcArea.FREE -> {
                    free++;
                    freeRun++;
                    run = 0;
                }
                case GcArea.HEAD -> {
                    used++;
                    run = 1;
                }
                case GcArea.TAIL -> {
                    used++;
                    run++;
                }
                default -> {}
            }
            boolean end = i + 1 == kinds.length;
            boolean headNext = !end && kinds[i + 1] == GcArea.HEAD;
            if (end || headNext || kinds[i + 1] == GcArea.FREE) {
                ones += run == 1 ? 1 : 0;
                twos += run == 2 ? 1 : 0;
                largestAllocation = Math.max(largestAllocation, run);
            }
            if (end || headNext) {
                largestFree = Math.max(largestFree, freeRun);
                freeRun = 0;
            }
        }
    }
}
