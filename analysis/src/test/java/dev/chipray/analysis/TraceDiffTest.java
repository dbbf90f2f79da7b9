package dev.chipray.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.testkit.EventScript;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceDiffTest {

    private static StackTotals totals(EventScript script) {
        StackTotals totals = new StackTotals();
        script.replay(totals);
        return totals;
    }

    private static TraceDiff diff(EventScript before, EventScript after) {
        return TraceDiff.of(
                before.stacks(),
                totals(before),
                after.stacks(),
                totals(after),
                AllocatorFrames.DEFAULT,
                Metric.LIVE);
    }

    @Test
    void findsNoDifferenceWhereOnlyLinesAndBuildDirectoriesMoved() {
        EventScript before =
                new EventScript()
                        .allocate(0, 2, "main@main.c:1", "f@../py/obj.c:7", "gc_alloc@py/gc.c:1");
        EventScript after =
                new EventScript()
                        .allocate(
                                9, 2, "main@main.c:4", "f@/build/x/py/obj.c:99", "m@py/malloc.c:2");

        TraceDiff diff = diff(before, after);

        assertThat(diff.paths()).isEmpty();
        assertThat(diff.after()).isEqualTo(diff.before());
    }

    @Test
    void tellsWhatCameWhatWentAndWhatGrewTheLargestChangeFirst() {
        EventScript before =
                new EventScript().allocate(0, 9, "gone@a.c:1").allocate(9, 1, "grew@b.c:1");
        EventScript after =
                new EventScript()
                        .allocate(0, 3, "grew@b.c:1")
                        .allocate(3, 1, "grew@b.c:8")
                        .allocate(4, 5, "came@c.c:1")
                        .free(4);

        List<TraceDiff.Path> paths = diff(before, after).paths();

        assertThat(paths)
                .extracting(path -> path.frames().getFirst().function())
                .containsExactly("gone", "grew", "came");
        assertThat(paths).extracting(path -> path.change(Metric.LIVE)).containsExactly(-9L, 3L, 0L);
        assertThat(paths.getLast())
                .isEqualTo(
                        new TraceDiff.Path(
                                List.of(new PathFrame("c.c", "came")),
                                PathFigures.NONE,
                                new PathFigures(0, 5, 5, 5, 5, 1)));
    }

    @Test
    void changesOfPathsAddUpToTheChangeOfTheWhole() {
        TraceDiff diff =
                diff(EventScript.random(1, 2000, 90, 20), EventScript.random(2, 2000, 90, 20));

        for (Metric metric : Metric.values()) {
            assertThat(diff.paths().stream().mapToLong(path -> path.change(metric)).sum())
                    .as(metric.id())
                    .isEqualTo(diff.after().of(metric) - diff.before().of(metric));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "a.c, a.c",
        "../a.c, a.c",
        "./a.c, a.c",
        "/a.c, a.c",
        "py/a.c, py/a.c",
        "../../py/a.c, py/a.c",
        "/x/y/py/a.c, py/a.c",
        "C:\\x\\py\\a.c, py/a.c"
    })
    void matchesFilesByTheEndOfTheirPath(String file, String key) {
        assertThat(PathTable.lastTwoComponents(file)).isEqualTo(key);
    }

    @Test
    void checksLimitsOfTheTraceAndOfEachPath() {
        EventScript script =
                new EventScript()
                        .allocate(0, 4, "a@a.c:1")
                        .allocate(4, 6, "b@b.c:1")
                        .free(4)
                        .allocate(4, 1, "b@b.c:2");

        List<Limit.Result> results =
                Limit.check(
                        script.stacks(),
                        totals(script),
                        AllocatorFrames.DEFAULT,
                        List.of(
                                new Limit(Metric.LIVE, false, 5),
                                new Limit(Metric.PEAK, false, 9),
                                new Limit(Metric.CHURN, true, 5),
                                new Limit(Metric.COUNT, true, 2)));

        assertThat(results)
                .containsExactly(
                        new Limit.Result(new Limit(Metric.LIVE, false, 5), 5, List.of(), 0),
                        new Limit.Result(new Limit(Metric.PEAK, false, 9), 10, List.of(), 1),
                        new Limit.Result(
                                new Limit(Metric.CHURN, true, 5),
                                6,
                                List.of(new PathFrame("b.c", "b")),
                                1),
                        new Limit.Result(
                                new Limit(Metric.COUNT, true, 2),
                                2,
                                List.of(new PathFrame("b.c", "b")),
                                0));
        assertThat(results).extracting(Limit.Result::met).containsExactly(true, false, false, true);
    }
}
