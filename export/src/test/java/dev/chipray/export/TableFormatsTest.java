package dev.chipray.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.analysis.AllocatorFrames;
import dev.chipray.analysis.Metric;
import dev.chipray.testkit.EventScript;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class TableFormatsTest {

    private static final String MAIN = "main@main.c:1";
    private static final String LIST = "list_new@list.c:7";
    private static final String GC = "gc_alloc@py/gc.c:9";

    private static EventScript script() {
        return new EventScript()
                .allocate(0, 2, MAIN, LIST, GC)
                .allocate(4, 3, MAIN)
                .free(4, MAIN)
                .allocate(1, 1, MAIN, LIST, GC);
    }

    @Test
    void csvHasARowForEachAllocation() {
        assertThat(Exports.text(script(), "csv"))
                .isEqualTo(
                        """
                        start_block,size,start_time,start_stack,end_time,end_cause,implied,end_stack
                        4,3,1,main (main.c:1),2,free,false,main (main.c:1)
                        0,2,0,main (main.c:1);list_new (list.c:7);gc_alloc (py/gc.c:9),3,free,true,\
                        main (main.c:1);list_new (list.c:7);gc_alloc (py/gc.c:9)
                        1,1,3,main (main.c:1);list_new (list.c:7);gc_alloc (py/gc.c:9),4,,false,
                        """);
    }

    @Test
    void csvQuotesWhatWouldEndAField() {
        EventScript script = new EventScript().allocate(0, 1, "a,\"b\";c\n@x.c:1");

        assertThat(Exports.text(script, "csv"))
                .endsWith("\n0,1,0,\"a,\"\"b\"\"_c_ (x.c:1)\",1,,false,\n");
    }

    @Test
    void jsonHasTheSameFieldsAndSaysWhatTheNumbersMean() {
        EventScript script = script().info(TraceInfo.UNKNOWN_BLOCKS.withSizes(16, 0));

        var root = JsonTree.object(JsonTree.parse(Exports.text(script, "json")));

        assertThat(root)
                .containsEntry("format", "chipray.allocations")
                .containsEntry("version", 1L)
                .containsEntry("events", 4L)
                .containsEntry("unit", "blocks")
                .containsEntry("time_unit", "events")
                .containsEntry("block_size", 16L)
                .containsEntry("heap_blocks", null);
        var rows = JsonTree.objects(root.get("allocations"));
        assertThat(rows).hasSize(3);
        assertThat(rows.getFirst())
                .containsEntry("start_block", 4L)
                .containsEntry("end_cause", "free")
                .containsEntry("implied", false)
                .containsEntry("end_stack", "main (main.c:1)");
        assertThat(rows.getLast()).doesNotContainKeys("end_cause", "implied", "end_stack");
    }

    @Test
    void timelineHasARowForEachEvent() {
        EventScript script =
                new EventScript().allocate(1, 2, MAIN).allocate(6, 2, MAIN).free(6).free(1);

        assertThat(Exports.text(script, "timeline-csv"))
                .isEqualTo(
                        """
                        time,used_blocks,live_allocations,highest_block,largest_free_run,holes
                        0,2,1,2,1,1
                        1,4,2,7,3,2
                        2,2,1,2,5,1
                        3,0,0,,8,0
                        """);
    }

    @Test
    void collapsedStacksHideTheAllocatorAndAddUpPaths() {
        assertThat(Exports.text(script().allocate(9, 4, MAIN, LIST), "collapsed"))
                .isEqualTo("main (main.c:1);list_new (list.c:7) 5\n");
    }

    @Test
    void collapsedStacksWeighByTheMetricAskedForInBytesWhereTheBlockSizeIsKnown() {
        EventScript script = script().info(TraceInfo.UNKNOWN_BLOCKS.withSizes(16, 0));

        assertThat(
                        Exports.text(
                                script,
                                "collapsed",
                                ExportOptions.DEFAULT
                                        .withMetric(Metric.TOTAL)
                                        .withAllocator(AllocatorFrames.NONE)))
                .isEqualTo(
                        """
                        main (main.c:1);list_new (list.c:7);gc_alloc (py/gc.c:9) 48
                        main (main.c:1) 48
                        """);
        assertThat(
                        Exports.text(
                                script,
                                "collapsed",
                                ExportOptions.DEFAULT.withMetric(Metric.COUNT)))
                .endsWith("main (main.c:1) 1\n");
    }

    @Test
    void collapsedStacksNameWhatHasNoFrames() {
        assertThat(Exports.text(new EventScript().allocate(0, 3), "collapsed"))
                .isEqualTo("(no frames) 3\n");
    }

    @Test
    void listsEachFormatOnceAndFindsItByName() {
        assertThat(AllocationFormats.all())
                .extracting(AllocationFormat::id)
                .doesNotHaveDuplicates();
        for (AllocationFormat format : AllocationFormats.all()) {
            assertThat(AllocationFormats.of(format.id())).contains(format);
        }
        assertThat(AllocationFormats.of("nothing")).isEmpty();
    }

    @Test
    void everyFormatWritesATraceWithoutEventsAndOneWithGaps() {
        for (AllocationFormat format : AllocationFormats.all()) {
            assertThat(Exports.bytes(new EventScript(), format.id(), ExportOptions.DEFAULT))
                    .isNotNull();
            assertThat(
                            Exports.bytes(
                                    EventScript.random(9, 2000, 90, 9),
                                    format.id(),
                                    ExportOptions.DEFAULT))
                    .isNotEmpty();
        }
    }

    @Test
    void everyFormatSaysThatItsStreamIsFull() {
        OutputStream full =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("no space left");
                    }
                };
        EventScript script = EventScript.random(9, 5000, 90, 9);
        for (AllocationFormat format : AllocationFormats.all()) {
            AllocationExport export =
                    format.writer()
                            .begin(script.stacks(), script.info(), ExportOptions.DEFAULT, full);
            assertThatThrownBy(
                            () -> {
                                AllocationReplay replay = new AllocationReplay(export.listeners());
                                script.readAll(replay);
                                export.finish(replay, script.info());
                            })
                    .as(format.id())
                    .isInstanceOfAny(IOException.class, UncheckedIOException.class)
                    .hasMessageContaining("no space left");
        }
    }
}
