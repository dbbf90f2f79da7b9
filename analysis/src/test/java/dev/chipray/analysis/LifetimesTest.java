package dev.chipray.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.chipray.testkit.EventScript;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.EndCause;
import dev.chipray.trace.TraceInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifetimesTest {

    private static final String A = "a@a.c:1";
    private static final String B = "b@b.c:2";

    private static List<Lifetime> lifetimes(EventScript script) {
        List<Lifetime> result = new ArrayList<>();
        Lifetimes listener = new Lifetimes(result::add);
        AllocationReplay replay = script.replay(listener);
        listener.finish(replay, script.info());
        return result;
    }

    @Test
    void tellsEndedAllocationsInTheOrderTheyEndedAndThenThoseAliveInTheOrderTheyBegan() {
        EventScript script =
                new EventScript()
                        .allocate(20, 1, A)
                        .allocate(0, 2, A)
                        .allocate(4, 1, A)
                        .sweep(4, B)
                        .resize(0, 3, B);
        int a = script.stack(A);
        int b = script.stack(B);

        assertThat(lifetimes(script))
                .containsExactly(
                        new Lifetime(4, 1, a, 2, 2, b, 3, 3, EndCause.SWEEP),
                        new Lifetime(0, 2, a, 1, 1, b, 4, 4, EndCause.REALLOC),
                        new Lifetime(20, 1, a, 0, 0, 0, 5, 5, null),
                        new Lifetime(0, 3, b, 4, 4, 0, 5, 5, null));
    }

    @Test
    void endsWhatIsAliveAtTheLastTickWhereTheTraceHasAClock() {
        EventScript script =
                new EventScript()
                        .info(
                                TraceInfo.UNKNOWN_BLOCKS.withTimeUnit(
                                        TraceInfo.TimeUnit.MILLISECONDS))
                        .at(100)
                        .allocate(0, 1, A)
                        .at(250)
                        .allocate(1, 1, A);

        assertThat(lifetimes(script))
                .extracting(Lifetime::startTime, Lifetime::endTime, Lifetime::endEvent)
                .containsExactly(tuple(100L, 250L, 2L), tuple(250L, 250L, 2L));
    }

    @Test
    void namesTheEventThatRevealedAnUnseenFree() {
        EventScript script = new EventScript().allocate(0, 4, A).allocate(2, 4, B);

        assertThat(lifetimes(script).getFirst())
                .isEqualTo(
                        new Lifetime(
                                0,
                                4,
                                script.stack(A),
                                0,
                                0,
                                script.stack(B),
                                1,
                                1,
                                EndCause.IMPLIED));
    }

    @Test
    void hasOneEntryForEachAllocationThatBegan() {
        EventScript script = EventScript.random(11, 2000, 100, 10);

        assertThat(lifetimes(script)).hasSize((int) script.replay().allocations());
    }
}
