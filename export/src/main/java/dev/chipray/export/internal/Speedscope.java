package dev.chipray.export.internal;

import dev.chipray.analysis.Metric;
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
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// A speedscope file with a profile of samples for each metric, one sample a stack; the metric asked for is shown first.
public final class Speedscope implements AllocationExport {

    /// One metric's stacks that weigh something.
    private record Profile(
            Metric metric, Weighing weighing, List<Integer> stacks, List<Long> weights) {}

    private final CallStacks stacks;
    private final ExportOptions options;
    private final OutputStream out;
    private final StackTotals totals;
    private final SpeedscopeFile file = new SpeedscopeFile();

    public Speedscope(CallStacks stacks, TraceInfo info, ExportOptions options, OutputStream out) {
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
        VisibleStacks visible = new VisibleStacks(stacks, options.allocator());
        List<Profile> profiles = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            profiles.add(profile(metric, info, visible));
        }
        file.write(
                out,
                options.metric().ordinal(),
                json -> profiles.forEach(profile -> write(profile, json)));
    }

    private Profile profile(Metric metric, TraceInfo info, VisibleStacks visible) {
        Weighing weighing = Weighing.of(metric, info);
        Profile profile = new Profile(metric, weighing, new ArrayList<>(), new ArrayList<>());
        StackWeights weights = totals.weights(metric);
        for (int entry = 0; entry < weights.size(); entry++) {
            if (weights.weight(entry) != 0) {
                int stack = visible.of(weights.stack(entry));
                profile.stacks.add(stack);
                profile.weights.add(weighing.of(weights.weight(entry)));
                numberFrames(stack);
            }
        }
        return profile;
    }

    private void numberFrames(int stack) {
        if (stack == StackTable.EMPTY) {
            file.frame(Collapsed.NO_FRAMES);
        }
        for (int at = stack; at != StackTable.EMPTY; at = stacks.stacks().caller(at)) {
            file.frame(stacks, stacks.stacks().frame(at));
        }
    }

    private void write(Profile profile, JsonGenerator json) {
        long total = 0;
        for (long weight : profile.weights) {
            total += weight;
        }
        json.writeStartObject();
        json.writeStringProperty("type", "sampled");
        json.writeStringProperty(
                "name", profile.metric.id() + " (" + profile.weighing.unit() + ")");
        json.writeStringProperty("unit", SpeedscopeFile.unit(profile.weighing));
        json.writeNumberProperty("startValue", 0);
        json.writeNumberProperty("endValue", total);
        json.writeArrayPropertyStart("samples");
        for (int stack : profile.stacks) {
            writeStack(stack, json);
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("weights");
        for (long weight : profile.weights) {
            json.writeNumber(weight);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeStack(int stack, JsonGenerator json) {
        json.writeStartArray();
        if (stack == StackTable.EMPTY) {
            json.writeNumber(file.frame(Collapsed.NO_FRAMES));
        }
        int[] frames = stacks.stacks().framesInnermostFirst(stack);
        for (int i = frames.length - 1; i >= 0; i--) {
            json.writeNumber(file.frame(stacks, frames[i]));
        }
        json.writeEndArray();
    }
}
