package dev.chipray.export.internal;

import dev.chipray.analysis.Lifetime;
import dev.chipray.analysis.Lifetimes;
import dev.chipray.export.AllocationExport;
import dev.chipray.export.ExportOptions;
import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.EndCause;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// A row for each allocation, in the order of [Lifetimes]; stacks are one `;`-joined field, outermost frame first.
public final class AllocationCsv implements AllocationExport {

    private final StackText stacks;
    private final Csv csv;
    private final Lifetimes lifetimes = new Lifetimes(this::write);

    public AllocationCsv(
            CallStacks stacks, TraceInfo info, ExportOptions options, OutputStream out) {
        this.stacks = new StackText(stacks);
        csv = new Csv(out);
        csv.field("start_block").field("size").field("start_time").field("start_stack");
        csv.field("end_time").field("end_cause").field("implied").field("end_stack").endRow();
    }

    @Override
    public List<AllocationListener> listeners() {
        return List.of(lifetimes);
    }

    private void write(Lifetime lifetime) {
        EndCause cause = lifetime.cause();
        csv.field(lifetime.block()).field(lifetime.size());
        csv.field(lifetime.startTime()).field(stacks.of(lifetime.startStack()));
        csv.field(lifetime.endTime());
        csv.field(cause == null ? "" : Causes.word(cause));
        csv.field(cause == EndCause.IMPLIED ? "true" : "false");
        csv.field(cause == null ? "" : stacks.of(lifetime.endStack()));
        csv.endRow();
    }

    @Override
    public void finish(AllocationReplay replay, TraceInfo info) throws IOException {
        lifetimes.finish(replay, info);
        csv.finish();
    }
}
