package dev.chipray.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.chipray.testkit.EventScript;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionPeriodsTest {

    private static final String F = "f@f.c:1";

    private static List<CollectionPeriod> periods(EventScript script) {
        List<CollectionPeriod> result = new ArrayList<>();
        CollectionPeriods listener = new CollectionPeriods(script.stacks(), result::add);
        script.replay(listener);
        listener.finish();
        return result;
    }

    @Test
    void dividesTheTraceAtRunsOfSweeps() {
        EventScript script =
                new EventScript()
                        .allocate(0, 1, F)
                        .allocate(1, 2, F)
                        .allocate(3, 6, F)
                        .resize(3, 8, F)
                        .allocate(11, 1, F)
                        .sweep(0, F)
                        .sweep(1, F)
                        .allocate(0, 3, F)
                        .free(0, F);

        assertThat(periods(script))
                .containsExactly(
                        new CollectionPeriod(
                                0,
                                0,
                                7,
                                2,
                                0,
                                6,
                                4,
                                1,
                                18,
                                0,
                                2,
                                0,
                                3,
                                12,
                                9,
                                List.of(
                                        new SizeClass(1, 1, 2),
                                        new SizeClass(2, 2, 1),
                                        new SizeClass(5, 8, 2)),
                                2),
                        new CollectionPeriod(
                                1,
                                7,
                                2,
                                0,
                                7,
                                8,
                                1,
                                0,
                                3,
                                1,
                                0,
                                0,
                                0,
                                9,
                                9,
                                List.of(new SizeClass(3, 3, 1)),
                                1));
    }

    @Test
    void knowsACollectionByItsFramesWhereSweepsAreLoggedAsFreesAndFinalisersAllocate() {
        EventScript script =
                new EventScript()
                        .allocate(0, 1, F)
                        .free(0, F, "gc_collect@main.c:3", "gc_sweep_run_finalisers@../py/gc.c:1")
                        .allocate(0, 2, F, "gc_sweep_run_finalisers@../py/gc.c:1", "del@x.c:1")
                        .free(0, F, "gc_collect_end@../py/gc.c:2")
                        .allocate(0, 1, F);

        assertThat(periods(script))
                .extracting(CollectionPeriod::events, CollectionPeriod::collectionEvents)
                .containsExactly(tuple(4L, 3L), tuple(1L, 0L));
    }

    @Test
    void tellsNothingOfAnEmptyTrace() {
        assertThat(periods(new EventScript())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 8, 9, 16, 17, 1L << 40, (1L << 40) + 1, Long.MAX_VALUE})
    void putsEverySizeIntoTheClassThatHoldsIt(long size) {
        SizeClass sizeClass = SizeClass.at(SizeClass.of(size), 1);

        assertThat(size).isBetween(sizeClass.min(), sizeClass.max());
        assertThat(SizeClass.of(sizeClass.min())).isEqualTo(SizeClass.of(sizeClass.max()));
    }

    @Test
    void periodsAddUpToTheWholeTrace() {
        EventScript script = EventScript.random(5, 3000, 70, 8);
        List<CollectionPeriod> periods = periods(script);

        assertThat(periods.stream().mapToLong(CollectionPeriod::events).sum()).isEqualTo(3000);
        assertThat(
                        periods.stream()
                                .mapToLong(period -> period.allocations() + period.resizes())
                                .sum())
                .isEqualTo(script.replay().allocations());
        assertThat(periods.stream().mapToLong(CollectionPeriod::impliedFrees).sum())
                .isEqualTo(script.replay().impliedFrees());
    }
}
