package dev.chipray.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.testkit.EventScript;
import dev.chipray.trace.AllocationColumns;
import dev.chipray.trace.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackTotalsTest {

    private static final int TEMPORARY = 12;

    private static Map<Integer, Long> nonZero(StackWeights weights) {
        Map<Integer, Long> result = new TreeMap<>();
        for (int entry = 0; entry < weights.size(); entry++) {
            if (weights.weight(entry) != 0) {
                result.merge(weights.stack(entry), weights.weight(entry), Long::sum);
            }
        }
        return result;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithASecondImplementationThatRemembersEverything(long seed) {
        EventScript script = EventScript.random(seed, 3000, seed % 2 == 0 ? 60 : 4000, 25);
        Everything everything = new Everything(script.events());
        int middle = 1000 + (int) seed;
        StackTotals totals = new StackTotals(TEMPORARY, middle);
        script.replay(totals);

        assertThat(nonZero(totals.weights(Metric.LIVE))).isEqualTo(everything.liveAfter(2999));
        assertThat(totals.peak().event()).isEqualTo(everything.peakEvent());
        assertThat(nonZero(totals.weights(Metric.PEAK)))
                .isEqualTo(everything.liveAfter(everything.peakEvent()));
        assertThat(nonZero(totals.atEvent())).isEqualTo(everything.liveAfter(middle));
        assertThat(totals.atMoment().event()).isEqualTo(middle);
        assertThat(nonZero(totals.weights(Metric.TOTAL))).isEqualTo(everything.total);
        assertThat(nonZero(totals.weights(Metric.COUNT))).isEqualTo(everything.count);
        assertThat(nonZero(totals.weights(Metric.TEMPORARY))).isEqualTo(everything.temporary);
        assertThat(nonZero(totals.weights(Metric.CHURN))).isEqualTo(everything.churn);
    }

    @Test
    void takesTheFirstOfTwoEqualPeaks() {
        EventScript script =
                new EventScript()
                        .allocate(0, 4, "a@a.c:1")
                        .free(0, "a@a.c:1")
                        .allocate(0, 4, "b@b.c:1");
        StackTotals totals = new StackTotals();
        script.replay(totals);

        assertThat(totals.peak()).isEqualTo(new Moment(0, 0, 4, 1));
        assertThat(nonZero(totals.weights(Metric.PEAK))).containsOnlyKeys(script.stack("a@a.c:1"));
        assertThat(totals.end()).isEqualTo(new Moment(2, 2, 4, 1));
    }

    @Test
    void saysThatAnEventNeverCame() {
        StackTotals totals = new StackTotals(10, 7);
        new EventScript().allocate(0, 1, "a@a.c:1").replay(totals);

        assertThat(totals.atMoment()).isEqualTo(Moment.START);
        assertThat(totals.atEvent().size()).isZero();
    }

    @Test
    void doesNotCallAResizedAllocationTemporary() {
        StackTotals totals = new StackTotals(10, StackTotals.NO_EVENT);
        EventScript script =
                new EventScript().allocate(0, 1, "a@a.c:1").resize(0, 2, "b@b.c:1").free(0);
        script.replay(totals);

        assertThat(nonZero(totals.weights(Metric.TEMPORARY)))
                .containsExactly(Map.entry(script.stack("b@b.c:1"), 2L));
    }

    @Test
    void hasNothingToSayAboutAnEmptyTrace() {
        StackTotals totals = new StackTotals();
        new EventScript().replay(totals);

        assertThat(totals.peak()).isEqualTo(Moment.START);
        assertThat(totals.weights(Metric.PEAK).size()).isZero();
    }

    /// Goes through the events block by block, and keeps what each stack held after each of them.
    private static final class Everything {

        private record Held(int stack, long size, int since) {}

        final Map<Integer, Long> total = new TreeMap<>();
        final Map<Integer, Long> count = new TreeMap<>();
        final Map<Integer, Long> temporary = new TreeMap<>();
        final Map<Integer, Long> churn = new TreeMap<>();
        private final List<Map<Integer, Long>> after = new ArrayList<>();
        private final Map<Long, Held> heap = new TreeMap<>();

        Everything(AllocationColumns events) {
            for (int event = 0; event < events.size(); event++) {
                apply(events, event);
                Map<Integer, Long> live = new TreeMap<>();
                heap.values().forEach(held -> live.merge(held.stack, held.size, Long::sum));
                after.add(live);
            }
        }

        private void apply(AllocationColumns events, int event) {
            long block = events.block(event);
            long size = events.length(event);
            EventKind kind = events.kind(event);
            if (kind == EventKind.FREE || kind == EventKind.SWEEP) {
                end(block, event, true);
                return;
            }
            if (kind == EventKind.RESIZE) {
                end(block, event, false);
            }
            for (long start : heap.keySet().stream().sorted().toList()) {
                Held held = heap.get(start);
                if (held != null && start < block + size && block < start + held.size) {
                    end(start, event, true);
                }
            }
            heap.put(block, new Held(events.stack(event), size, event));
            total.merge(events.stack(event), size, Long::sum);
            count.merge(events.stack(event), 1L, Long::sum);
        }

        private void end(long block, int event, boolean freed) {
            Held held = heap.remove(block);
            if (held != null) {
                churn.merge(held.stack, held.size, Long::sum);
                if (freed && event - held.since <= TEMPORARY) {
                    temporary.merge(held.stack, held.size, Long::sum);
                }
            }
        }

        Map<Integer, Long> liveAfter(long event) {
            return after.get((int) event);
        }

        long peakEvent() {
            long best = -1;
            long most = 0;
            for (int event = 0; event < after.size(); event++) {
                long sum = after.get(event).values().stream().mapToLong(Long::longValue).sum();
                if (sum > most) {
                    most = sum;
                    best = event;
                }
            }
            return best;
        }
    }
}
