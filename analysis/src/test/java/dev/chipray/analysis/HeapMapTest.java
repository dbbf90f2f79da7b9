package dev.chipray.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.testkit.EventScript;
import dev.chipray.trace.TraceInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapMapTest {

    private static HeapMap mapAt(EventScript script, long event, TraceInfo info) {
        HeapGauge gauge = new HeapGauge(info, List.of());
        HeapMap.At at = new HeapMap.At(gauge, event);
        script.replay(gauge, at);
        return at.map().orElseThrow();
    }

    @Test
    void showsWhatIsAliveAndWhatIsFreeAfterAnEvent() {
        EventScript script =
                new EventScript().allocate(2, 3, "a@a.c:1").allocate(8, 1, "b@b.c:1").free(2);
        TraceInfo info = TraceInfo.UNKNOWN_BLOCKS.withSizes(0, 20);

        HeapMap map = mapAt(script, 1, info);

        assertThat(map.allocations())
                .containsExactly(
                        new HeapMap.Allocation(2, 3, script.stack("a@a.c:1"), 0, 0),
                        new HeapMap.Allocation(8, 1, script.stack("b@b.c:1"), 1, 1));
        assertThat(map.freeRuns())
                .containsExactly(
                        new HeapMap.FreeRun(0, 2),
                        new HeapMap.FreeRun(5, 3),
                        new HeapMap.FreeRun(9, 11));
        assertThat(map.reading().endIsEstimate()).isFalse();
        assertThat(mapAt(script, 2, info).freeRuns())
                .containsExactly(new HeapMap.FreeRun(0, 8), new HeapMap.FreeRun(9, 11));
    }

    @Test
    void freeRunsAgreeWithTheGaugeAtEveryEvent() {
        EventScript script = EventScript.random(8, 400, 80, 4);
        for (int event = 0; event < 400; event++) {
            HeapMap map = mapAt(script, event, TraceInfo.UNKNOWN_BLOCKS);
            List<HeapMap.FreeRun> runs = map.freeRuns();
            assertThat(runs.stream().mapToLong(HeapMap.FreeRun::size).sum())
                    .isEqualTo(map.reading().free());
            assertThat(runs.stream().mapToLong(HeapMap.FreeRun::size).max().orElse(0))
                    .isEqualTo(map.reading().largestFreeRun());
        }
    }

    @Test
    void isEmptyWhereTheTraceHasNoSuchEvent() {
        HeapGauge gauge = new HeapGauge(TraceInfo.UNKNOWN_BLOCKS, List.of());
        HeapMap.At at = new HeapMap.At(gauge, 5);
        new EventScript().allocate(0, 1).replay(gauge, at);

        assertThat(at.map()).isEmpty();
    }
}
