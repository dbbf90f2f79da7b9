package dev.chipray.trace;

/// Takes the allocation events of a source, in order, as the source tells them.
@FunctionalInterface
public interface AllocationSink {

    /// @param time  in the unit of the source's [TraceInfo]; never decreasing within a source but for resets of its clock
    /// @param kind  what happened
    /// @param block where the run begins, in the unit of [TraceInfo.Unit]; unsigned
    /// @param size  length of the run after the event, in the same unit, above 0; 0 for what ends
    /// @param stack number of the call stack, innermost frame first in [StackTable] terms
    void event(long time, EventKind kind, long block, long size, int stack);
}
