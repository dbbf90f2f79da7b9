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
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/// An object with the fields of [AllocationCsv] for each allocation, then what the numbers mean, which is not known before
/// the trace was read.
public final class AllocationJson implements AllocationExport {

    private static final int VERSION = 1;

    private final StackText stacks;
    private final JsonGenerator json;
    private final Lifetimes lifetimes = new Lifetimes(this::write);

    public AllocationJson(
            CallStacks stacks, TraceInfo info, ExportOptions options, OutputStream out) {
        this.stacks = new StackText(stacks);
        json = Json.generator(out);
        Json.write(() -> {
            json.writeStartObject();
            json.writeStringProperty("format", "chipray.allocations");
            json.writeNumberProperty("version", VERSION);
            json.writeArrayPropertyStart("allocations");
        });
    }

    @Override
    public List<AllocationListener> listeners() {
        return List.of(lifetimes);
    }

    private void write(Lifetime lifetime) {
        Json.write(() -> writeObject(lifetime));
    }

    private void writeObject(Lifetime lifetime) {
        EndCause cause = lifetime.cause();
        json.writeStartObject();
        json.writeNumberProperty("start_block", lifetime.block());
        json.writeNumberProperty("size", lifetime.size());
        json.writeNumberProperty("start_time", lifetime.startTime());
        json.writeStringProperty("start_stack", stacks.of(lifetime.startStack()));
        json.writeNumberProperty("end_time", lifetime.endTime());
        if (cause != null) {
            json.writeStringProperty("end_cause", Causes.word(cause));
            json.writeBooleanProperty("implied", cause == EndCause.IMPLIED);
            json.writeStringProperty("end_stack", stacks.of(lifetime.endStack()));
        }
        json.writeEndObject();
    }

    @Override
    public void finish(AllocationReplay replay, TraceInfo info) throws IOException {
        lifetimes.finish(replay, info);
        Json.writeLast(() -> {
            json.writeEndArray();
            json.writeNumberProperty("events", replay.events());
            json.writeStringProperty("unit", lowerCase(info.unit()));
            json.writeStringProperty("time_unit", lowerCase(info.timeUnit()));
            writeKnown("block_size", info.blockSize());
            writeKnown("heap_blocks", info.heapBlocks());
            json.writeEndObject();
            json.writeRaw('\n');
            json.close();
        });
    }

    private void writeKnown(String name, long value) {
        if (value == 0) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value);
        }
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
