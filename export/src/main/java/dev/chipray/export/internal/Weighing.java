package dev.chipray.export.internal;

import dev.chipray.analysis.Metric;
import dev.chipray.trace.TraceInfo;

/// What weights are written as: bytes where the size of a block is known, else the trace's unit.
///
/// @param scale what a weight is multiplied by
/// @param unit  `bytes`, `blocks` or `allocations`
record Weighing(long scale, String unit) {

    static Weighing of(Metric metric, TraceInfo info) {
        if (metric == Metric.COUNT) {
            return new Weighing(1, "allocations");
        }
        if (info.unit() == TraceInfo.Unit.BYTES) {
            return new Weighing(1, "bytes");
        }
        return info.blockSize() == 0
                ? new Weighing(1, "blocks")
                : new Weighing(info.blockSize(), "bytes");
    }

    /// The weight to write; the highest number there is where it would be more.
    long of(long weight) {
        long low = weight * scale;
        return Math.multiplyHigh(weight, scale) == low >> 63 ? low : Long.MAX_VALUE;
    }
}
