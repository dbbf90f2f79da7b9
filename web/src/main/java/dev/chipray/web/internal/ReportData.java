package dev.chipray.web.internal;

import dev.chipray.analysis.AllocatorFrames;
import dev.chipray.analysis.Gaps;
import dev.chipray.analysis.HeapGauge;
import dev.chipray.analysis.HeapReading;
import dev.chipray.analysis.StackTotals;
import dev.chipray.analysis.TimelineBin;
import dev.chipray.analysis.TimelineBins;
import dev.chipray.analysis.WorstFragmentation;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.LiveBlocks;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// One source, read to its end, as the binary sections of a page; docs/html-report.md gives their layout.
public final class ReportData {

    private static final String MAGIC = "chipray1";

    private static final int MOST_BINS = 4096;

    /// Positions farther than this above the lowest would lose digits as JavaScript numbers.
    private static final long FARTHEST = 1L << 52;

    private final AllocationSource source;
    private final AllocatorFrames allocator;
    private final LeftOut leftOut = new LeftOut();
    private final TimelineBins bins = new TimelineBins(MOST_BINS);
    private final WorstFragmentation worst = new WorstFragmentation();
    private final HeapGauge gauge;
    private final StackTotals totals;
    private final AllocationReplay replay;
    private final AllocationRows rows;
    private final long shortestLife;
    private final List<Diagnostic> own = new ArrayList<>();

    /// Reads the source.
    ///
    /// @param limit           allocations that get a row of their own
    /// @param temporaryEvents an allocation freed at most this many events after it began is temporary
    /// @param allocator       whose frames the page hides at first
    public ReportData(
            AllocationSource source, int limit, long temporaryEvents, AllocatorFrames allocator)
            throws IOException {
        this.source = source;
        this.allocator = allocator;
        gauge = new HeapGauge(source.info(), List.of(bins, worst));
        totals = new StackTotals(temporaryEvents, StackTotals.NO_EVENT);
        AllocationCollector collector = new AllocationCollector(limit, temporaryEvents, leftOut);
        replay = new AllocationReplay(List.of(collector, gauge, totals));
        source.readAll(replay);
        dropFarthest(collector);
        rows = collector.finish();
        shortestLife = collector.shortestLife();
        sayWhatIsMissing();
    }

    private void dropFarthest(AllocationCollector collector) {
        int dropped = collector.dropBeyond(heapStart(), FARTHEST);
        if (dropped > 0) {
            own.add(
                    Diagnostic.warning(
                            "",
                            dropped
                                    + " allocations lie more than 2^52 units above the lowest and are"
                                    + " not drawn"));
        }
    }

    private void sayWhatIsMissing() {
        if (leftOut.count() == 0) {
            return;
        }
        long shorter = leftOut.count() - leftOut.liveCount();
        if (shorter > 0 && shortestLife > 1) {
            own.add(
                    Diagnostic.warning(
                            "",
                            shorter
                                    + " allocations that lived fewer than "
                                    + shortestLife
                                    + " events are not drawn one by one; total and temporary count them"));
        }
        if (leftOut.liveCount() > 0) {
            own.add(
                    Diagnostic.warning(
                            "",
                            leftOut.liveCount()
                                    + " of the smallest allocations that were alive at the end are"
                                    + " not drawn one by one; total counts them, live and peak do not"));
        }
    }

    /// What the page leaves out or sums up.
    public List<Diagnostic> leftOut() {
        return List.copyOf(own);
    }

    /// How many allocations have a row of their own.
    public int rows() {
        return rows.size();
    }

    /// Writes all sections.
    ///
    /// @param given what the page is to say about the input, beside what [#leftOut()] says
    public void writeTo(OutputStream out, String title, List<Diagnostic> given) throws IOException {
        Set<Diagnostic> diagnostics = new LinkedHashSet<>(given);
        diagnostics.addAll(Gaps.of(replay));
        diagnostics.addAll(own);
        NameTables names = new NameTables(source.stacks(), usedStacks());
        out.write(MAGIC.getBytes(StandardCharsets.US_ASCII));
        section(out, "meta", meta(title, diagnostics));
        ByteColumn strings = new ByteColumn();
        names.writeStrings(strings);
        section(out, "strings", strings);
        ByteColumn frames = new ByteColumn();
        names.writeFrames(frames, allocator);
        section(out, "frames", frames);
        ByteColumn stacks = new ByteColumn();
        names.writeStacks(stacks);
        section(out, "stacks", stacks);
        section(out, "timeline", timeline());
        ByteColumn missing = new ByteColumn();
        leftOut.forEach((stack, slice, count, units, temporary) ->
                missing.unsigned(names.stack(stack))
                        .unsigned(slice)
                        .unsigned(count)
                        .unsigned(units)
                        .unsigned(temporary));
        section(out, "leftout", missing);
        new RowColumns(rows, names, heapStart(), source.info()).write(out);
    }

    static void section(OutputStream out, String name, ByteColumn content) throws IOException {
        new ByteColumn().text(name).u32(content.size()).writeTo(out);
        content.writeTo(out);
    }

    private boolean[] usedStacks() {
        boolean[] used = new boolean[source.stacks().stacks().size()];
        for (int row = 0; row < rows.size(); row++) {
            used[rows.startStack(row)] = true;
            used[rows.endStack(row)] = true;
        }
        leftOut.forEach((stack, slice, count, units, temporary) -> used[stack] = true);
        return used;
    }

    private long heapStart() {
        return gauge.heapStart();
    }

    private long heapEnd() {
        return gauge.heapEnd();
    }

    private ByteColumn timeline() {
        ByteColumn column = new ByteColumn();
        for (TimelineBin bin : bins.bins()) {
            column.unsigned(bin.events())
                    .unsigned(bin.minUsed())
                    .unsigned(bin.maxUsed())
                    .unsigned(bin.minLargestFreeRun())
                    .unsigned(bin.maxScattered())
                    .unsigned(bin.maxHoles());
        }
        return column;
    }

    private static void writeWorst(JsonGenerator json, HeapReading reading) {
        json.writeObjectPropertyStart("worst");
        json.writeNumberProperty("event", reading.event());
        json.writeNumberProperty("free", reading.free());
        json.writeNumberProperty("scattered", reading.scattered());
        json.writeNumberProperty("largestFreeRun", reading.largestFreeRun());
        json.writeNumberProperty("holes", reading.holes());
        json.writeEndObject();
    }

    private ByteColumn meta(String title, Set<Diagnostic> diagnostics) {
        TraceInfo info = source.info();
        LiveBlocks live = replay.live();
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("title", title);
            json.writeStringProperty("unit", lowerCase(info.unit()));
            json.writeStringProperty("timeUnit", lowerCase(info.timeUnit()));
            json.writeNumberProperty("blockSize", info.blockSize());
            json.writeStringProperty("heapStart", Long.toUnsignedString(heapStart()));
            json.writeNumberProperty("heapLength", heapEnd() - heapStart());
            json.writeBooleanProperty("heapLengthTold", !gauge.endIsEstimate());
            json.writeNumberProperty("events", replay.events());
            json.writeNumberProperty("allocations", replay.allocations());
            json.writeNumberProperty("peak", totals.peak().size());
            json.writeNumberProperty("peakEvent", Math.max(0, totals.peak().event()));
            json.writeNumberProperty("liveUnits", live.total());
            json.writeNumberProperty("liveCount", live.count());
            json.writeNumberProperty("temporaryEvents", totals.temporaryEvents());
            json.writeNumberProperty("leftOut", leftOut.count());
            json.writeNumberProperty("leftOutSlice", leftOut.sliceLength());
            json.writeNumberProperty("shortestLife", shortestLife);
            HeapReading worstReading = worst.worst();
            if (worstReading != null) {
                writeWorst(json, worstReading);
            }
            json.writeArrayPropertyStart("diagnostics");
            for (Diagnostic diagnostic : diagnostics) {
                json.writeStartObject();
                json.writeStringProperty("severity", lowerCase(diagnostic.severity()));
                json.writeStringProperty("where", diagnostic.where());
                json.writeStringProperty("message", diagnostic.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        ByteColumn column = new ByteColumn();
        for (byte b : text.toString().getBytes(StandardCharsets.UTF_8)) {
            column.u8(b);
        }
        return column;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
