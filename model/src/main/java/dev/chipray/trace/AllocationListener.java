package dev.chipray.trace;

/// Follows an [AllocationReplay]; an analysis is one of these.
///
/// For one event of the source the calls come in this order: every allocation that ended, the one that began, then the
/// event itself.
public interface AllocationListener {

    /// An allocation is over. Its columns in `live` can still be read during this call, and no longer after it.
    ///
    /// @param handle  the allocation, in `live`
    /// @param ordinal the event that ended it, counted from 0
    /// @param time    that event's time
    /// @param stack   that event's call stack
    default void ended(
            LiveBlocks live, int handle, EndCause cause, long ordinal, long time, int stack) {}

    /// An allocation is now in `live` under `handle`.
    ///
    /// @param resized whether it is what became of the one that ended with [EndCause#REALLOC] by the same event
    default void began(LiveBlocks live, int handle, boolean resized) {}

    /// All that one event did has been told.
    ///
    /// @param ordinal the event, counted from 0
    /// @param kind    as the source told it, never [EventKind#IMPLIED_FREE]
    default void event(
            LiveBlocks live,
            long ordinal,
            long time,
            EventKind kind,
            long block,
            long size,
            int stack) {}
}
