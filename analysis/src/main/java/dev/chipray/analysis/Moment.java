package dev.chipray.analysis;

/// How much was alive after one event.
///
/// @param event       the event, counted from 0; -1 before the first
/// @param time        its time, in the unit of the trace
/// @param size        what was alive, in the unit of the trace
/// @param allocations how many allocations were alive
public record Moment(long event, long time, long size, long allocations) {

    /// Before the first event, when nothing is alive.
    public static final Moment START = new Moment(-1, 0, 0, 0);
}
