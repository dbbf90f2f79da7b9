package dev.chipray.ingest;

import java.util.Locale;
import java.util.Optional;

/// A format of allocation input that Chipray reads; [#id()] is what users write and what `--json` prints.
public enum Format {
    /// A log that gdb wrote while it stopped at every change of the heap.
    GC_LOG,
    /// `allocation_history.json`.
    ALLOCATION_HISTORY,
    /// Chipray's own recording.
    CHIPRAY;

    /// The name in lower case with hyphens: `gc-log`.
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The format with that [#id()].
    public static Optional<Format> withId(String id) {
        for (Format format : values()) {
            if (format.id().equals(id)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
