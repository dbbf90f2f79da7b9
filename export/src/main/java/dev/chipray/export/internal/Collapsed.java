package dev.chipray.export.internal;

import dev.chipray.analysis.StackTotals;
import dev.chipray.analysis.StackWeights;
import dev.chipray.analysis.VisibleStacks;
import dev.chipray.export.AllocationExport;
import dev.chipray.export.ExportOptions;
import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.StackTable;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A line for each call path, outermost frame first, with its weight after a space; paths in the order in which each first
/// allocated.
public final class Collapsed implements AllocationExport {

    /// The one frame of what has no frame to show.
    static final String NO_FRAMES = "(no frames)";

    private final CallStacks stacks;
    private final ExportOptions options;
    private final OutputStream out;
    private final StackTotals totals;

    public Collapsed(CallStacks stacks, TraceInfo info, ExportOptions options, OutputStream out) {
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
        StackWeights weights = totals.weights(options.metric());
        VisibleStacks visible = new VisibleStacks(stacks, options.allocator());
        Map<Integer, Long> paths = new LinkedHashMap<>();
        for (int entry = 0; entry < weights.size(); entry++) {
            if (weights.weight(entry) != 0) {
                paths.merge(visible.of(weights.stack(entry)), weights.weight(entry), Long::sum);
            }
        }
        Weighing weighing = Weighing.of(options.metric(), info);
        StackText text = new StackText(stacks);
        StringBuilder line = new StringBuilder();
        for (Map.Entry<Integer, Long> path : paths.entrySet()) {
            line.setLength(0);
            if (path.getKey() == StackTable.EMPTY) {
                line.append(NO_FRAMES);
            } else {
                text.append(path.getKey(), line);
            }
            line.append(' ').append(weighing.of(path.getValue())).append('\n');
            out.write(line.toString().getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }
}
