package dev.chipray.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.testkit.EventScript;
import dev.chipray.trace.AllocationReplay;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldersTest {

    private static final String MAIN = "main@main.c:1";
    private static final String GC = "gc_alloc@../py/gc.c:9";

    private static List<Holder> holders(EventScript script, int limit) {
        StackTotals totals = new StackTotals();
        script.replay(totals);
        return Holders.of(
                script.stacks(), totals.weights(Metric.LIVE), AllocatorFrames.DEFAULT, limit);
    }

    @Test
    void namesTheFirstFrameOutsideTheAllocatorWithTheCallersOfItsHeaviestPath() {
        EventScript script =
                new EventScript()
                        .allocate(0, 5, MAIN, "load@vm.c:7", "list_new@list.c:3", GC)
                        .allocate(5, 2, MAIN, "store@vm.c:8", "list_new@list.c:3", GC)
                        .allocate(7, 6, MAIN, "str@str.c:1", GC);

        assertThat(holders(script, 5))
                .containsExactly(
                        new Holder(
                                new PathFrame("list.c:3", "list_new"),
                                List.of(
                                        new PathFrame("vm.c:7", "load"),
                                        new PathFrame("main.c:1", "main")),
                                7,
                                2,
                                2,
                                5),
                        new Holder(
                                new PathFrame("str.c:1", "str"),
                                List.of(new PathFrame("main.c:1", "main")),
                                6,
                                1,
                                1,
                                6));
    }

    @Test
    void tellsNoMoreThanAskedFor() {
        EventScript script = new EventScript();
        for (int i = 0; i < 9; i++) {
            script.allocate(i * 10L, i + 1, "f@f.c:" + (i + 1));
        }

        assertThat(holders(script, 3))
                .extracting(holder -> holder.frame().location())
                .containsExactly("f.c:9", "f.c:8", "f.c:7");
    }

    @Test
    void ownsUpToWhatTheAllocatorTookForItself() {
        assertThat(holders(new EventScript().allocate(0, 1, GC).allocate(1, 1), 5))
                .extracting(holder -> holder.frame().location())
                .containsExactlyInAnyOrder("(allocator)", "(no frames)");
    }

    @Test
    void leaksAreGroupedByPathWithTheirAges() {
        EventScript script =
                new EventScript()
                        .allocate(0, 1, MAIN, "a@a.c:1", GC)
                        .allocate(1, 9, MAIN, "b@b.c:1", GC)
                        .allocate(10, 4, MAIN, "a@a.c:1", "m_malloc@../py/malloc.c:3", GC)
                        .allocate(14, 1, MAIN)
                        .free(14);
        AllocationReplay replay = script.replay();

        assertThat(Leaks.of(replay, script.stacks(), AllocatorFrames.DEFAULT))
                .containsExactly(
                        new Leak(
                                List.of(
                                        new PathFrame("b.c:1", "b"),
                                        new PathFrame("main.c:1", "main")),
                                9,
                                1,
                                1,
                                1,
                                1,
                                1,
                                3,
                                3),
                        new Leak(
                                List.of(
                                        new PathFrame("a.c:1", "a"),
                                        new PathFrame("main.c:1", "main")),
                                5,
                                2,
                                0,
                                0,
                                2,
                                2,
                                4,
                                2));
    }
}
