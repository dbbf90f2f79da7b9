package dev.chipray.trace;

/// Why an allocation ended.
public enum EndCause {
    /// The program gave it back.
    FREE,
    /// The collector took it.
    SWEEP,
    /// It was resized in place; a new allocation begins at the same block with the same event.
    REALLOC,
    /// Its end was not seen: something else was allocated on top of it.
    IMPLIED
}
