package dev.chipray.recording;

import dev.chipray.trace.EventKind;

/// Follows what a recording holds; implement what is of interest.
///
/// Calls of one kind come in the order in which they were recorded. Across kinds the times tell the order, not the calls.
public interface RecordingVisitor {

    /// An allocation event, as in [dev.chipray.trace.AllocationSink].
    default void allocation(long time, EventKind kind, long block, long size, int stack) {}

    /// The processor was seen at `stack`.
    ///
    /// @param time   in the unit of the recording's trace info
    /// @param thread as the target numbers its threads or cores
    /// @param weight how much the sample stands for: 1, or time in the same unit
    /// @param idle   whether the processor was waiting for something to do
    default void sample(long time, long thread, int stack, long weight, boolean idle) {}

    /// A line that the target printed, without its line end.
    ///
    /// @param channel which of the target's outputs: 0 is its console
    default void consoleLine(long time, int channel, String text) {}

    /// Two clocks were read at the same moment.
    ///
    /// @param time       in the unit of the recording's trace info
    /// @param clock      which clock: the target's `ticks_ms`, its date, the host's wall clock ...
    /// @param reading    what that clock said, in nanoseconds
    default void clockReading(long time, String clock, long reading) {}
}
