package dev.chipray.export;

import dev.chipray.trace.CallStacks;
import dev.chipray.trace.TraceInfo;
import java.io.OutputStream;

/// A format that allocation traces can be written in.
///
/// @param id          the name for `--to`
/// @param description one line for `--list`: what it is and what opens it
/// @param extension   the usual end of a file's name, with its dot
/// @param usesMetric  whether [ExportOptions#metric()] makes a difference
/// @param writer      begins an export
public record AllocationFormat(
        String id, String description, String extension, boolean usesMetric, Writer writer) {

    /// Begins an export.
    @FunctionalInterface
    public interface Writer {

        /// @param stacks the trace's, which may still be growing
        /// @param info   what is known before the replay; the heap's length counts
        /// @param out    where to; needs no buffer
        AllocationExport begin(
                CallStacks stacks, TraceInfo info, ExportOptions options, OutputStream out);
    }
}
