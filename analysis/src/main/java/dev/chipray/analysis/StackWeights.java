package dev.chipray.analysis;

/// A size and a number of allocations for each call stack of a trace, without those of the stacks it called.
///
/// Unchanging; safe for any thread. Stacks are in the order in which each first allocated something, so that whoever
/// merges them can let the first one decide.
public final class StackWeights {

    private final Metric metric;
    private final int[] stacks;
    private final long[] sizes;
    private final long[] allocations;

    StackWeights(Metric metric, int[] stacks, long[] sizes, long[] allocations) {
        this.metric = metric;
        this.stacks = stacks;
        this.sizes = sizes;
        this.allocations = allocations;
    }

    /// What the weights are.
    public Metric metric() {
        return metric;
    }

    /// How many entries there are; some may weigh nothing.
    public int size() {
        return stacks.length;
    }

    /// The stack of an entry, as a number of the trace's stack table.
    public int stack(int entry) {
        return stacks[entry];
    }

    /// What the entry weighs: units of the trace, or allocations where the metric is [Metric#COUNT].
    public long weight(int entry) {
        return metric == Metric.COUNT ? allocations[entry] : sizes[entry];
    }

    /// How many allocations the entry stands for.
    public long allocations(int entry) {
        return allocations[entry];
    }

    /// All weights added up.
    public long total() {
        long total = 0;
        for (int entry = 0; entry < stacks.length; entry++) {
            total += weight(entry);
        }
        return total;
    }

    /// All allocations added up.
    public long totalAllocations() {
        long total = 0;
        for (long count : allocations) {
            total += count;
        }
        return total;
    }
}
