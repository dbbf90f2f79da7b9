package dev.chipray.trace;

import java.io.IOException;
import java.util.List;

/// Something that tells allocation events: a log, a recording, a capture that is running.
///
/// [#stacks()] grows while events are told; a stack's number is valid before the event that names it is told. What
/// [#info()] and [#diagnostics()] say is final once [#readAll] has returned. Used by one thread at a time.
public interface AllocationSource {

    /// The strings, frames and stacks that events name.
    CallStacks stacks();

    /// Tells every event to `sink`, once, from the first to the last.
    ///
    /// @throws IOException             where the input cannot be read
    /// @throws InputException          where it gives no answer at all
    /// @throws IllegalStateException   when called again on a source that cannot be read twice
    void readAll(AllocationSink sink) throws IOException;

    /// What the numbers mean.
    TraceInfo info();

    /// Trouble met so far.
    List<Diagnostic> diagnostics();
}
