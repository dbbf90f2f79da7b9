package dev.chipray.cli;

import dev.chipray.analysis.CollectionPeriod;
import dev.chipray.analysis.HeapReading;
import dev.chipray.analysis.SizeClass;
import dev.chipray.analysis.TimelineBin;
import dev.chipray.session.Replayed;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// `timeline --json`.
final class TimelineJson {

    private TimelineJson() {}

    static void write(
            OutputStream out,
            Replayed replayed,
            List<TimelineBin> bins,
            HeapReading end,
            List<CollectionPeriod> periods)
            throws IOException {
        JsonAnswer.write(
                out,
                "timeline",
                replayed,
                json -> {
                    ReportJson.writeReading(json, "heap_at_end", end);
                    json.writeArrayPropertyStart("bins");
                    bins.forEach(bin -> writeBin(json, bin));
                    json.writeEndArray();
                    json.writeArrayPropertyStart("periods");
                    periods.forEach(period -> writePeriod(json, period));
                    json.writeEndArray();
                });
    }

    private static void writeBin(JsonGenerator json, TimelineBin bin) {
        json.writeStartObject();
        json.writeNumberProperty("first_event", bin.firstEvent());
        json.writeNumberProperty("events", bin.events());
        json.writeNumberProperty("start_time", bin.startTime());
        json.writeNumberProperty("end_time", bin.endTime());
        json.writeNumberProperty("min_used", bin.minUsed());
        json.writeNumberProperty("max_used", bin.maxUsed());
        json.writeNumberProperty("last_used", bin.lastUsed());
        json.writeNumberProperty("max_allocations", bin.maxAllocations());
        json.writeNumberProperty("max_used_end", bin.maxUsedEnd());
        json.writeNumberProperty("min_largest_free_run", bin.minLargestFreeRun());
        json.writeNumberProperty("max_holes", bin.maxHoles());
        json.writeNumberProperty("max_free", bin.maxFree());
        json.writeNumberProperty("max_scattered", bin.maxScattered());
        json.writeEndObject();
    }

    private static void writePeriod(JsonGenerator json, CollectionPeriod period) {
        json.writeStartObject();
        json.writeNumberProperty("number", period.number());
        json.writeBooleanProperty("collected", period.collected());
        json.writeNumberProperty("first_event", period.firstEvent());
        json.writeNumberProperty("events", period.events());
        json.writeNumberProperty("collection_events", period.collectionEvents());
        json.writeNumberProperty("start_time", period.startTime());
        json.writeNumberProperty("end_time", period.endTime());
        json.writeNumberProperty("allocations", period.allocations());
        json.writeNumberProperty("resizes", period.resizes());
        json.writeNumberProperty("allocated", period.allocatedSize());
        json.writeNumberProperty("freed", period.freed());
        json.writeNumberProperty("swept", period.swept());
        json.writeNumberProperty("implied_frees", period.impliedFrees());
        json.writeNumberProperty("swept_size", period.sweptSize());
        json.writeNumberProperty("used_before_collection", period.usedBeforeCollection());
        json.writeNumberProperty("used_at_end", period.usedAtEnd());
        json.writeNumberProperty("longest_without_single", period.longestWithoutSingle());
        json.writeArrayPropertyStart("sizes");
        for (SizeClass size : period.sizes()) {
            json.writeStartObject();
            json.writeNumberProperty("min", size.min());
            json.writeNumberProperty("max", size.max());
            json.writeNumberProperty("count", size.count());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
