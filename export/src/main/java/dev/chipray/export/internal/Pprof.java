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
import dev.chipray.trace.FrameTable;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// A pprof profile with the four values of a heap profile for each stack: objects and space, allocated and in use.
///
/// Space is in bytes where the size of a block is known, else in blocks, as its unit says. Field numbers are those of
/// pprof's profile.proto.
public final class Pprof implements AllocationExport {

    private static final int PROFILE_SAMPLE_TYPE = 1;
    private static final int PROFILE_SAMPLE = 2;
    private static final int PROFILE_LOCATION = 4;
    private static final int PROFILE_FUNCTION = 5;
    private static final int PROFILE_STRING_TABLE = 6;
    private static final int PROFILE_DEFAULT_SAMPLE_TYPE = 14;
    private static final int VALUE_TYPE_TYPE = 1;
    private static final int VALUE_TYPE_UNIT = 2;
    private static final int SAMPLE_LOCATION_ID = 1;
    private static final int SAMPLE_VALUE = 2;
    private static final int LOCATION_ID = 1;
    private static final int LOCATION_ADDRESS = 3;
    private static final int LOCATION_LINE = 4;
    private static final int LINE_FUNCTION_ID = 1;
    private static final int LINE_LINE = 2;
    private static final int FUNCTION_ID = 1;
    private static final int FUNCTION_NAME = 2;
    private static final int FUNCTION_SYSTEM_NAME = 3;
    private static final int FUNCTION_FILENAME = 4;

    private record Function(int name, int file) {}

    private final CallStacks stacks;
    private final ExportOptions options;
    private final OutputStream out;
    private final StackTotals totals;
    private final List<String> strings = new ArrayList<>();
    private final Map<String, Integer> stringNumbers = new HashMap<>();
    private final Map<Function, Integer> functions = new HashMap<>();
    private final Map<Integer, Integer> locations = new HashMap<>();

    public Pprof(CallStacks stacks, TraceInfo info, ExportOptions options, OutputStream out) {
        this.stacks = stacks;
        this.options = options;
        this.out = out;
        totals = new StackTotals(options.temporaryEvents(), StackTotals.NO_EVENT);
        string("");
    }

    @Override
    public List<AllocationListener> listeners() {
        return List.of(totals);
    }

    @Override
    public void finish(AllocationReplay replay, TraceInfo info) throws IOException {
        GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 16);
        Weighing space = Weighing.of(Metric.LIVE, info);
        writeTypes(space.unit(), gzip);
        StackWeights all = totals.weights(Metric.TOTAL);
        StackWeights live = totals.weights(Metric.LIVE);
        VisibleStacks visible = new VisibleStacks(stacks, options.allocator());
        for (int entry = 0; entry < all.size(); entry++) {
            long[] values = {
                all.allocations(entry),
                space.of(all.weight(entry)),
                live.allocations(entry),
                space.of(live.weight(entry))
            };
            writeSample(visible.of(all.stack(entry)), values, gzip);
        }
        for (String string : strings) {
            new ProtobufWriter().string(PROFILE_STRING_TABLE, string).writeTo(gzip);
        }
        gzip.finish();
        out.flush();
    }

    private void writeTypes(String spaceUnit, OutputStream to) throws IOException {
        String[] types = {"alloc_objects", "alloc_space", "inuse_objects", "inuse_space"};
        for (String type : types) {
            String unit = type.endsWith("objects") ? "count" : spaceUnit;
            ProtobufWriter valueType =
                    new ProtobufWriter()
                            .number(VALUE_TYPE_TYPE, string(type))
                            .number(VALUE_TYPE_UNIT, string(unit));
            new ProtobufWriter().message(PROFILE_SAMPLE_TYPE, valueType).writeTo(to);
        }
        new ProtobufWriter().number(PROFILE_DEFAULT_SAMPLE_TYPE, string("inuse_space")).writeTo(to);
    }

    private void writeSample(int stack, long[] values, OutputStream to) throws IOException {
        int[] frames = stacks.stacks().framesInnermostFirst(stack);
        long[] ids = new long[frames.length];
        for (int i = 0; i < frames.length; i++) {
            ids[i] = location(frames[i], to);
        }
        ProtobufWriter sample =
                new ProtobufWriter().packed(SAMPLE_LOCATION_ID, ids).packed(SAMPLE_VALUE, values);
        new ProtobufWriter().message(PROFILE_SAMPLE, sample).writeTo(to);
    }

    /// The number of a frame's location, which is written when it is first met.
    private int location(int frame, OutputStream to) throws IOException {
        Integer known = locations.get(frame);
        if (known != null) {
            return known;
        }
        FrameTable table = stacks.frames();
        int id = locations.size() + 1;
        locations.put(frame, id);
        int file = string(table.strings().get(table.file(frame)));
        ProtobufWriter line =
                new ProtobufWriter()
                        .number(
                                LINE_FUNCTION_ID,
                                function(new Function(string(table.functionName(frame)), file), to))
                        .number(LINE_LINE, table.line(frame));
        ProtobufWriter location =
                new ProtobufWriter()
                        .number(LOCATION_ID, id)
                        .number(LOCATION_ADDRESS, table.address(frame))
                        .message(LOCATION_LINE, line);
        new ProtobufWriter().message(PROFILE_LOCATION, location).writeTo(to);
        return id;
    }

    private int function(Function function, OutputStream to) throws IOException {
        Integer known = functions.get(function);
        if (known != null) {
            return known;
        }
        int id = functions.size() + 1;
        functions.put(function, id);
        ProtobufWriter message =
                new ProtobufWriter()
                        .number(FUNCTION_ID, id)
                        .number(FUNCTION_NAME, function.name)
                        .number(FUNCTION_SYSTEM_NAME, function.name)
                        .number(FUNCTION_FILENAME, function.file);
        new ProtobufWriter().message(PROFILE_FUNCTION, message).writeTo(to);
        return id;
    }

    private int string(String text) {
        Integer known = stringNumbers.putIfAbsent(text, strings.size());
        if (known != null) {
            return known;
        }
        strings.add(text);
        return strings.size() - 1;
    }
}
