package dev.chipray.cli;

import dev.chipray.analysis.AllocationSummary;
import dev.chipray.analysis.HeapReading;
import dev.chipray.analysis.Holder;
import dev.chipray.analysis.Moment;
import dev.chipray.analysis.PathFrame;
import dev.chipray.session.Replayed;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// `report --json`.
final class ReportJson {

    private ReportJson() {}

    static void write(OutputStream out, Replayed replayed, AllocationSummary summary)
            throws IOException {
        JsonAnswer.write(
                out,
                "report",
                replayed,
                json -> {
                    writeCounts(json, summary);
                    writeMoment(json, "peak", summary.peak());
                    writeMoment(json, "end", summary.end());
                    writeReading(json, "heap_at_end", summary.endHeap());
                    writeReading(json, "worst_fragmentation", summary.worstHeap());
                    writeHolders(json, "live_holders", summary.liveHolders());
                    writeHolders(json, "peak_holders", summary.peakHolders());
                });
    }

    private static void writeCounts(JsonGenerator json, AllocationSummary summary) {
        json.writeObjectPropertyStart("events_by_kind");
        json.writeNumberProperty("allocate", summary.allocateEvents());
        json.writeNumberProperty("resize", summary.resizeEvents());
        json.writeNumberProperty("free", summary.freeEvents());
        json.writeNumberProperty("sweep", summary.sweepEvents());
        json.writeEndObject();
        json.writeObjectPropertyStart("ended_by_cause");
        json.writeNumberProperty("free", summary.freed());
        json.writeNumberProperty("sweep", summary.swept());
        json.writeNumberProperty("realloc", summary.resized());
        json.writeNumberProperty("implied", summary.impliedFrees());
        json.writeEndObject();
        json.writeNumberProperty("first_time", summary.firstTime());
        json.writeNumberProperty("last_time", summary.lastTime());
        json.writeNumberProperty("allocated", summary.allocated());
        json.writeNumberProperty("churn", summary.churn());
        json.writeNumberProperty("temporary", summary.temporary());
        json.writeNumberProperty("temporary_allocations", summary.temporaryAllocations());
        json.writeNumberProperty("temporary_events", summary.temporaryEvents());
        json.writeNumberProperty("collections", summary.collections());
        json.writeNumberProperty("stacks", summary.stacks());
    }

    static void writeMoment(JsonGenerator json, String name, Moment moment) {
        json.writeObjectPropertyStart(name);
        if (moment.event() < 0) {
            json.writeNullProperty("event");
        } else {
            json.writeNumberProperty("event", moment.event());
        }
        json.writeNumberProperty("time", moment.time());
        json.writeNumberProperty("size", moment.size());
        json.writeNumberProperty("allocations", moment.allocations());
        json.writeEndObject();
    }

    static void writeReading(JsonGenerator json, String name, @Nullable HeapReading reading) {
        if (reading == null) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("event", reading.event());
        json.writeNumberProperty("time", reading.time());
        json.writeNumberProperty("used", reading.used());
        json.writeNumberProperty("free", reading.free());
        json.writeNumberProperty("allocations", reading.allocations());
        json.writeNumberProperty("used_end", reading.usedEnd());
        json.writeNumberProperty("heap_start", reading.heapStart());
        json.writeNumberProperty("heap_end", reading.heapEnd());
        json.writeBooleanProperty("heap_end_is_estimate", reading.endIsEstimate());
        json.writeNumberProperty("largest_free_run", reading.largestFreeRun());
        json.writeNumberProperty("holes", reading.holes());
        json.writeNumberProperty("fragmentation", reading.fragmentation());
        json.writeEndObject();
    }

    private static void writeHolders(JsonGenerator json, String name, List<Holder> holders) {
        json.writeArrayPropertyStart(name);
        for (Holder holder : holders) {
            json.writeStartObject();
            json.writeStringProperty("location", holder.frame().location());
            json.writeStringProperty("function", holder.frame().function());
            json.writeNumberProperty("weight", holder.weight());
            json.writeNumberProperty("allocations", holder.allocations());
            json.writeNumberProperty("paths", holder.paths());
            json.writeNumberProperty("callers_weight", holder.callersWeight());
            writePath(json, "callers", holder.callers());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// Frames as an array of objects with location and function.
    static void writePath(JsonGenerator json, String name, List<PathFrame> frames) {
        json.writeArrayPropertyStart(name);
        for (PathFrame frame : frames) {
            json.writeStartObject();
            json.writeStringProperty("location", frame.location());
            json.writeStringProperty("function", frame.function());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
