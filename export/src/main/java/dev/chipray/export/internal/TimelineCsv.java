package dev.chipray.export.internal;

import dev.chipray.analysis.HeapGauge;
import dev.chipray.export.AllocationExport;
import dev.chipray.export.ExportOptions;
import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// A row for each event: time, used blocks, live allocations, highest block in use (empty where none is), largest free run
/// and holes, as [HeapGauge] defines them.
public final class TimelineCsv implements AllocationExport {

    private final Csv csv;
    private final HeapGauge gauge;

    public TimelineCsv(CallStacks stacks, TraceInfo info, ExportOptions options, OutputStream out) {
        csv = new Csv(out);
        gauge = new HeapGauge(info, List.of(this::write));
        csv.field("time").field("used_blocks").field("live_allocations");
        csv.field("highest_block").field("largest_free_run").field("holes").endRow();
    }

    @Override
    public List<AllocationListener> listeners() {
        return List.of(gauge);
    }

    private void write(HeapGauge reading) {
        csv.field(reading.time()).field(reading.used()).field(reading.allocations());
        if (reading.allocations() == 0) {
            csv.field("");
        } else {
            csv.field(reading.usedEnd() - 1);
        }
        csv.field(reading.largestFreeRun()).field(reading.holes()).endRow();
    }

    @Override
    public void finish(AllocationReplay replay, TraceInfo info) throws IOException {
        csv.finish();
    }
}
