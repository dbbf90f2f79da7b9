package dev.chipray.export.internal;

import dev.chipray.analysis.Lifetime;
import dev.chipray.analysis.Lifetimes;
import dev.chipray.export.AllocationExport;
import dev.chipray.export.ExportOptions;
import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.EndCause;
import dev.chipray.trace.FrameTable;
import dev.chipray.trace.StackTable;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.JsonStringEncoder;

/// The allocation history that CircuitPython's GC activity page reads: an array of allocations, those that ended in the
/// order in which they did, then those alive.
///
/// A trace is an array of frames, innermost first, each `[address, "file:line", function]`. What is alive has no
/// `end_cause`, an empty string as `end_trace`, and the number of events as `end_time`.
public final class AllocationHistory implements AllocationExport {

    private static final long LOW_32_BITS = 0xFFFF_FFFFL;

    private final CallStacks stacks;
    private final Lifetimes lifetimes = new Lifetimes(this::write);
    private final JsonGenerator json;

    /// For each frame its JSON, made when it is first met; most events come from frames met before.
    private @Nullable String[] frames = new @Nullable String[256];

    public AllocationHistory(
            CallStacks stacks, TraceInfo info, ExportOptions options, OutputStream out) {
        this.stacks = stacks;
        json = Json.generator(out);
        Json.write(json::writeStartArray);
    }

    @Override
    public List<AllocationListener> listeners() {
        return List.of(lifetimes);
    }

    @Override
    public void finish(AllocationReplay replay, TraceInfo info) throws IOException {
        lifetimes.finish(replay, info);
        Json.writeLast(() -> {
            json.writeEndArray();
            json.writeRaw('\n');
            json.close();
        });
    }

    private void write(Lifetime lifetime) {
        Json.write(() -> writeObject(lifetime));
    }

    private void writeObject(Lifetime lifetime) {
        json.writeStartObject();
        json.writeNumberProperty("start_block", lifetime.block());
        json.writeNumberProperty("size", lifetime.size());
        json.writeName("start_trace");
        writeTrace(lifetime.startStack());
        json.writeNumberProperty("start_time", lifetime.startTime());
        EndCause cause = lifetime.cause();
        json.writeName("end_trace");
        if (cause == null) {
            json.writeString("");
        } else {
            writeTrace(lifetime.endStack());
        }
        json.writeNumberProperty("end_time", lifetime.endTime());
        if (cause != null) {
            json.writeStringProperty("end_cause", Causes.word(cause));
            if (cause == EndCause.IMPLIED) {
                json.writeBooleanProperty("implied", true);
            }
        }
        json.writeEndObject();
    }

    private void writeTrace(int stack) {
        StackTable table = stacks.stacks();
        json.writeStartArray();
        for (int at = stack; at != StackTable.EMPTY; at = table.caller(at)) {
            json.writeRawValue(frame(table.frame(at)));
        }
        json.writeEndArray();
    }

    private String frame(int frame) {
        if (frame >= frames.length) {
            frames = Arrays.copyOf(frames, Math.max(frame + 1, frames.length * 2));
        }
        String known = frames[frame];
        if (known == null) {
            known = describe(frame);
            frames[frame] = known;
        }
        return known;
    }

    private String describe(int frame) {
        FrameTable table = stacks.frames();
        boolean hasFile = table.file(frame) != 0;
        StringBuilder text = new StringBuilder("[\"").append(address(table.address(frame)));
        text.append("\",\"");
        quote(hasFile ? table.location(frame) : "", text);
        text.append("\",\"");
        quote(table.functionName(frame), text);
        return text.append("\"]").toString();
    }

    private static void quote(String text, StringBuilder out) {
        JsonStringEncoder.getInstance().quoteAsString(text, out);
    }

    /// An address as wide as gdb prints it on 32 or on 64 bits; `0x0` where nobody told.
    private static String address(long address) {
        if (address == 0) {
            return "0x0";
        }
        String digits = Long.toHexString(address);
        int width = (address & ~LOW_32_BITS) == 0 ? 8 : 16;
        return "0x" + "0".repeat(width - digits.length()) + digits;
    }
}
