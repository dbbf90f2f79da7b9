package dev.chipray.export;

import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.util.List;

/// One trace on its way into one file.
///
/// Give [#listeners()] to a replay, and call [#finish] once when it is over. While events are replayed a stream that cannot
/// be written throws [java.io.UncheckedIOException]. The stream is flushed and stays open.
public interface AllocationExport {

    /// What must follow the replay.
    List<AllocationListener> listeners();

    /// Writes what is left.
    ///
    /// @param info what is known of the trace once it was read; a block size makes sizes bytes where a format allows
    void finish(AllocationReplay replay, TraceInfo info) throws IOException;
}
