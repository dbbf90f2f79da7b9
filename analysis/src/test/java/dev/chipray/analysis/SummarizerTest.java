package dev.chipray.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.testkit.EventScript;
import dev.chipray.trace.AllocationReplay;
import org.junit.jupiter.api.Test;

class SummarizerTest {

    private static AllocationSummary summary(EventScript script) {
        Summarizer summarizer = new Summarizer(script.stacks(), script.info());
        AllocationReplay replay = new AllocationReplay(summarizer.listeners());
        script.readAll(replay);
        return summarizer.summary(replay);
    }

    @Test
    void tellsTheTraceInOneScreen() {
        EventScript script =
                new EventScript()
                        .allocate(0, 4, "a@a.c:1")
                        .allocate(4, 2, "b@b.c:1")
                        .resize(4, 3, "b@b.c:2")
                        .sweep(0, "gc_sweep@../py/gc.c:1")
                        .allocate(5, 1, "c@c.c:1")
                        .free(77, "d@d.c:1");

        AllocationSummary summary = summary(script);

        assertThat(summary.events()).isEqualTo(6);
        assertThat(summary.allocations()).isEqualTo(4);
        assertThat(summary.allocated()).isEqualTo(10);
        assertThat(summary.peak()).isEqualTo(new Moment(2, 2, 7, 2));
        assertThat(summary.end()).isEqualTo(new Moment(5, 5, 1, 1));
        assertThat(summary.collections()).isEqualTo(1);
        assertThat(summary.impliedFrees()).isEqualTo(1);
        assertThat(summary.unmatchedFrees()).isEqualTo(1);
        assertThat(summary.liveHolders()).extracting(Holder::weight).containsExactly(1L);
        assertThat(summary.peakHolders())
                .extracting(holder -> holder.frame().location())
                .containsExactly("a.c:1", "b.c:2");
    }

    @Test
    void standsATraceWithoutEvents() {
        AllocationSummary summary = summary(new EventScript());

        assertThat(summary.events()).isZero();
        assertThat(summary.endHeap()).isNull();
        assertThat(summary.worstHeap()).isNull();
        assertThat(summary.liveHolders()).isEmpty();
    }
}
