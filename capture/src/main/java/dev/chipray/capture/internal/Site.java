package dev.chipray.capture.internal;

import dev.chipray.target.rsp.Batch;

/// A place in the code where the target stops, and what a stop there means.
public interface Site {

    /// The instruction before which the target stops.
    long address();

    /// Whether a stop here needs the stack.
    default boolean wantsStack(Stop stop) {
        return true;
    }

    /// Whether the stack must have been read before [#ask] is called.
    default boolean needsStackFirst() {
        return false;
    }

    /// Adds what else is to be read; the target stands.
    default void ask(Stop stop, Batch batch) {}

    /// Tells what happened, after the target was let go.
    void tell(Stop stop, Batch batch);

    /// Whether the instruction here returns from its function. Call frame information often says nothing of the way out of
    /// a function, so the caller is then found by doing what the instruction does.
    default boolean isReturn() {
        return false;
    }

    /// Whether the capture is to end here, with the target standing.
    default boolean isEnd() {
        return false;
    }
}
