package dev.chipray.export;

import dev.chipray.analysis.AllocatorFrames;
import dev.chipray.analysis.Metric;
import dev.chipray.analysis.StackTotals;

/// What a writer may leave out or choose.
///
/// @param metric          what stacks are weighed by, in formats of weighed stacks
/// @param allocator       frames that formats of weighed stacks hide
/// @param temporaryEvents what [Metric#TEMPORARY] takes for a moment
public record ExportOptions(Metric metric, AllocatorFrames allocator, long temporaryEvents) {

    public static final ExportOptions DEFAULT =
            new ExportOptions(Metric.LIVE, AllocatorFrames.DEFAULT, StackTotals.TEMPORARY_EVENTS);

    public ExportOptions withMetric(Metric newMetric) {
        return new ExportOptions(newMetric, allocator, temporaryEvents);
    }

    public ExportOptions withAllocator(AllocatorFrames newAllocator) {
        return new ExportOptions(metric, newAllocator, temporaryEvents);
    }
}
