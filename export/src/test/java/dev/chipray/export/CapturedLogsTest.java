package dev.chipray.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.analysis.AllocatorFrames;
import dev.chipray.analysis.CallTree;
import dev.chipray.analysis.CallTreeOptions;
import dev.chipray.analysis.CallTreeText;
import dev.chipray.analysis.Metric;
import dev.chipray.analysis.StackTotals;
import dev.chipray.ingest.Formats;
import dev.chipray.testkit.CapturedLogs;
import dev.chipray.testkit.GcLogOracle;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.AllocationSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Real logs, read and written by the product, against a plain second reading of their text.
class CapturedLogsTest {

    static final List<String> LOGS = CapturedLogs.ALL;

    /// One entry of a history, with frames as one text.
    private record Entry(
            long block,
            long size,
            String startTrace,
            long startTime,
            String endTrace,
            long endTime,
            String cause,
            boolean implied) {}

    private static AllocationSource log(String name) throws IOException {
        return Formats.open(new ByteArrayInputStream(CapturedLogs.compressed(name)));
    }

    private static byte[] history(AllocationSource source) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AllocationExport export =
                AllocationFormats.of("allocation-history")
                        .orElseThrow()
                        .writer()
                        .begin(source.stacks(), source.info(), ExportOptions.DEFAULT, out);
        AllocationReplay replay = new AllocationReplay(export.listeners());
        source.readAll(replay);
        export.finish(replay, source.info());
        return out.toByteArray();
    }

    private static String tree(AllocationSource source, AllocatorFrames allocator)
            throws IOException {
        StackTotals totals = new StackTotals();
        source.readAll(new AllocationReplay(List.of(totals)));
        StringBuilder out = new StringBuilder();
        CallTreeText.BLOCKS.write(
                CallTree.of(
                        source.stacks(),
                        totals.weights(Metric.LIVE),
                        CallTreeOptions.DEFAULT.withAllocator(allocator)),
                out);
        return out.toString();
    }

    @ParameterizedTest
    @FieldSource("LOGS")
    void the_tree_is_line_by_line_that_of_a_plain_reading(String name) throws IOException {
        GcLogOracle oracle = GcLogOracle.of(CapturedLogs.text(name));

        assertThat(tree(log(name), AllocatorFrames.NONE)).isEqualTo(oracle.tree(true));
        assertThat(tree(log(name), AllocatorFrames.DEFAULT)).isEqualTo(oracle.tree(false));
    }

    @ParameterizedTest
    @FieldSource("LOGS")
    void the_history_is_entry_by_entry_that_of_a_plain_reading(String name) throws IOException {
        GcLogOracle oracle = GcLogOracle.of(CapturedLogs.text(name));
        List<Entry> expected = new ArrayList<>();
        oracle.ended().forEach(life -> expected.add(expected(life)));
        oracle.live().stream()
                .sorted(Comparator.comparingLong(GcLogOracle.Life::startTime))
                .forEach(life -> expected.add(expected(life)));

        List<Entry> written = new ArrayList<>();
        for (Map<String, Object> entry : parsed(history(log(name)))) {
            written.add(written(entry));
        }

        assertThat(written).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @FieldSource("LOGS")
    void a_history_that_is_read_back_gives_the_same_history_and_tree(String name)
            throws IOException {
        byte[] first = history(log(name));

        assertThat(parsed(history(Formats.open(new ByteArrayInputStream(first)))))
                .isEqualTo(parsed(first));
        assertThat(tree(Formats.open(new ByteArrayInputStream(first)), AllocatorFrames.DEFAULT))
                .isEqualTo(tree(log(name), AllocatorFrames.DEFAULT));
    }

    private static List<Map<String, Object>> parsed(byte[] history) {
        return JsonTree.objects(JsonTree.parse(new String(history, StandardCharsets.UTF_8)));
    }

    private static Entry expected(GcLogOracle.Life life) {
        return new Entry(
                life.block(),
                life.size(),
                frames(life.startTrace()),
                life.startTime(),
                frames(life.endTrace()),
                life.endTime(),
                life.endCause(),
                life.implied());
    }

    private static String frames(@Nullable List<GcLogOracle.Frame> frames) {
        if (frames == null) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (GcLogOracle.Frame frame : frames) {
            text.append(frame.address()).append(' ').append(frame.location()).append(' ');
            text.append(frame.function()).append('\n');
        }
        return text.toString();
    }

    private static Entry written(Map<String, Object> entry) {
        return new Entry(
                number(entry, "start_block"),
                number(entry, "size"),
                trace(entry.get("start_trace")),
                number(entry, "start_time"),
                trace(entry.get("end_trace")),
                number(entry, "end_time"),
                (String) entry.getOrDefault("end_cause", ""),
                entry.containsKey("implied"));
    }

    private static long number(Map<String, Object> entry, String name) {
        return entry.get(name) instanceof Long value ? value : -1;
    }

    private static String trace(@Nullable Object trace) {
        StringBuilder text = new StringBuilder();
        if (trace instanceof List<?> frames) {
            for (Object element : frames) {
                List<?> frame = (List<?>) element;
                text.append(Long.parseUnsignedLong(((String) frame.get(0)).substring(2), 16));
                text.append(' ').append(frame.get(1)).append(' ').append(frame.get(2)).append('\n');
            }
        }
        return text.toString();
    }
}
