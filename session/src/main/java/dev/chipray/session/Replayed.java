package dev.chipray.session;

import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.TraceInfo;
import java.util.List;

/// What is known once every event of an input was replayed.
///
/// @param name        what to call the input
/// @param info        what its numbers mean, with what the user told
/// @param stacks      what its frame and stack numbers mean
/// @param replay      its end state and counts
/// @param diagnostics trouble in parts of it, gaps in its events included
public record Replayed(
        String name,
        TraceInfo info,
        CallStacks stacks,
        AllocationReplay replay,
        List<Diagnostic> diagnostics) {

    public Replayed {
        diagnostics = List.copyOf(diagnostics);
    }
}
