package dev.chipray.trace;

/// What an allocation event did.
public enum EventKind {
    /// A run of blocks was handed out.
    ALLOCATE,
    /// A live run of blocks changed its size in place. On blocks that are not live it is an allocation.
    RESIZE,
    /// The program gave a run of blocks back.
    FREE,
    /// The collector found a run of blocks unreachable and took it.
    SWEEP,
    /// A run of blocks that must have ended before this moment, unseen: something else was allocated on top of it. It
    /// shares time and ordinal with the event that revealed it and is no event of the source's own.
    IMPLIED_FREE
}
