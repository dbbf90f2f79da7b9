package dev.chipray.capture;

import java.io.IOException;

/// A way of seeing every allocation of a target; chosen by what the target can do, or by the user.
///
/// An implementation is made ready, then asked for events again and again until the capture is over, and closed whatever
/// happened. It records what it saw before it throws.
public interface CaptureMethod extends AutoCloseable {

    /// What reports call it: `breakpoints`.
    String name();

    /// A sentence on how it sees events here: what stops the target, and how often.
    String description();

    /// Gets everything into the target that is needed; the target stands before and after.
    void prepare();

    /// Lets the target run and records what happens, for about `millis`; the target may stand or run afterwards.
    ///
    /// @return whether there can be more; false where the awaited function was reached or the program ended
    boolean capture(long millis) throws IOException;

    /// What the capture cost so far.
    CaptureFigures figures();

    /// Stops the target and records what was still open.
    @Override
    void close();
}
