package dev.chipray.analysis;

import java.util.Locale;
import java.util.Optional;

/// What a call stack is weighed by; docs/analysis.md defines each.
public enum Metric {
    /// What is alive after the last event, or after the event asked for.
    LIVE,
    /// What was alive when the whole heap first held the most.
    PEAK,
    /// All that was ever allocated.
    TOTAL,
    /// What was freed within a few events of its allocation.
    TEMPORARY,
    /// What was allocated and ended again.
    CHURN,
    /// How many allocations there were; the one metric that is a number and not a size.
    COUNT;

    /// The name on the command line and in files.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The metric with this [#id()].
    public static Optional<Metric> of(String id) {
        for (Metric metric : values()) {
            if (metric.id().equals(id)) {
                return Optional.of(metric);
            }
        }
        return Optional.empty();
    }
}
