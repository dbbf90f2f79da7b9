package dev.chipray.web;

import dev.chipray.analysis.AllocatorFrames;
import dev.chipray.analysis.StackTotals;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.Diagnostic;
import dev.chipray.web.internal.Page;
import dev.chipray.web.internal.ReportData;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// Writes an allocation recording as one HTML page that opens from disk, without network, in any current browser.
///
/// A page for a million events has at most 15 MB. Where a recording has more allocations than fit, those with the
/// shortest lives are summed up, and both the page and [Result#diagnostics()] say how many. Memory is bound by
/// [#allocationLimit] rows of 54 bytes, by what is alive at one time, and by the distinct stacks. Immutable; each call of
/// [#write] is used by one thread.
///
/// @param title           what the recording is called in the page
/// @param allocationLimit allocations that are drawn one by one
/// @param temporaryEvents an allocation freed at most this many events after it began is temporary
public record HtmlReport(String title, int allocationLimit, long temporaryEvents) {

    /// As many allocations as fit a page of 15 MB where their numbers are as random as numbers get.
    public static final int DEFAULT_ALLOCATION_LIMIT = 1_000_000;

    /// What came of writing a page.
    ///
    /// @param bytes       length of the page
    /// @param diagnostics trouble that the source met, and what the page leaves out
    public record Result(long bytes, List<Diagnostic> diagnostics) {
        public Result {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    public HtmlReport {
        if (allocationLimit < 1) {
            throw new IllegalArgumentException("no room for allocations: " + allocationLimit);
        }
    }

    public HtmlReport(String title) {
        this(title, DEFAULT_ALLOCATION_LIMIT, StackTotals.TEMPORARY_EVENTS);
    }

    public HtmlReport withAllocationLimit(int limit) {
        return new HtmlReport(title, limit, temporaryEvents);
    }

    public HtmlReport withTemporaryEvents(long events) {
        return new HtmlReport(title, allocationLimit, events);
    }

    /// Reads `source` to its end and writes the page to `out`, which stays open.
    ///
    /// @param more diagnostics for the page beside those of the source
    public Result write(AllocationSource source, List<Diagnostic> more, OutputStream out)
            throws IOException {
        ReportData data =
                new ReportData(source, allocationLimit, temporaryEvents, AllocatorFrames.DEFAULT);
        List<Diagnostic> given = new ArrayList<>(more);
        given.addAll(source.diagnostics());
        Counting counting = new Counting(new BufferedOutputStream(out, 1 << 16));
        Page.write(counting, packed -> data.writeTo(packed, title, given));
        counting.flush();
        List<Diagnostic> all = new ArrayList<>(given);
        all.addAll(data.leftOut());
        return new Result(counting.count, all);
    }

    private static final class Counting extends FilterOutputStream {
        private long count;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }
}
