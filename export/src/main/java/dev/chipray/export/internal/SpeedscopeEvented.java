package dev.chipray.export.internal;

import dev.chipray.analysis.CallTree;
import dev.chipray.analysis.CallTreeOptions;
import dev.chipray.analysis.StackTotals;
import dev.chipray.export.AllocationExport;
import dev.chipray.export.ExportOptions;
import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// A speedscope file with one profile in which each node of the call tree opens and closes a frame, in the tree's order;
/// the value axis is the weight.
public final class SpeedscopeEvented implements AllocationExport {

    private final CallStacks stacks;
    private final ExportOptions options;
    private final OutputStream out;
    private final StackTotals totals;
    private final SpeedscopeFile file = new SpeedscopeFile();

    public SpeedscopeEvented(
            CallStacks stacks, TraceInfo info, ExportOptions options, OutputStream out) {
        this.stacks = stacks;
        this.options = options;
        this.out = out;
        totals = new StackTotals(options.temporaryEvents(), StackTotals.NO_EVENT);
    }

    @Override
    public List<AllocationListener> listeners() {
        return List.of(totals);
    }

    @Override
    public void finish(AllocationReplay replay, TraceInfo info) throws IOException {
        CallTree tree =
                CallTree.of(
                        stacks,
                        totals.weights(options.metric()),
                        CallTreeOptions.DEFAULT
                                .withAllocator(options.allocator())
                                .withMaxDepth(Integer.MAX_VALUE));
        for (CallTree.Row row : tree) {
            file.frame(row.function(), row.location());
        }
        Weighing weighing = Weighing.of(options.metric(), info);
        file.write(out, 0, json -> write(tree, weighing, json));
    }

    private void write(CallTree tree, Weighing weighing, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("type", "evented");
        json.writeStringProperty("name", options.metric().id() + " (" + weighing.unit() + ")");
        json.writeStringProperty("unit", SpeedscopeFile.unit(weighing));
        json.writeNumberProperty("startValue", 0);
        json.writeNumberProperty("endValue", weighing.of(tree.total()));
        json.writeArrayPropertyStart("events");
        long at = 0;
        int open = CallTree.ROOT;
        for (int node = tree.following(CallTree.ROOT);
                node != CallTree.NONE;
                node = tree.following(node)) {
            at = closeDownTo(tree, open, tree.parent(node), at, weighing, json);
            event("O", tree, node, weighing.of(at), json);
            open = node;
        }
        closeDownTo(tree, open, CallTree.ROOT, at, weighing, json);
        json.writeEndArray();
        json.writeEndObject();
    }

    /// Closes frames from `node` outwards until `parent` is the innermost one open. Children come first on the axis, then
    /// what a node weighs by itself.
    private long closeDownTo(
            CallTree tree, int node, int parent, long at, Weighing weighing, JsonGenerator json) {
        long end = at;
        for (int closing = node; closing != parent; closing = tree.parent(closing)) {
            end += tree.self(closing);
            event("C", tree, closing, weighing.of(end), json);
        }
        return end;
    }

    private void event(String type, CallTree tree, int node, long at, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("type", type);
        json.writeNumberProperty("frame", file.frame(tree.function(node), tree.location(node)));
        json.writeNumberProperty("at", at);
        json.writeEndObject();
    }
}
