package dev.chipray.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AllocationReplayTest {

    private final List<String> told = new ArrayList<>();
    private AllocationReplay replay = new AllocationReplay(List.of());

    @BeforeEach
    void listen() {
        AllocationListener listener =
                new AllocationListener() {
                    @Override
                    public void ended(
                            LiveBlocks live,
                            int handle,
                            EndCause cause,
                            long ordinal,
                            long time,
                            int stack) {
                        told.add(
                                "ended %d+%d %s by %d"
                                        .formatted(
                                                live.block(handle),
                                                live.size(handle),
                                                cause,
                                                ordinal));
                    }

                    @Override
                    public void began(LiveBlocks live, int handle, boolean resized) {
                        told.add(
                                "%s %d+%d"
                                        .formatted(
                                                resized ? "resized" : "began",
                                                live.block(handle),
                                                live.size(handle)));
                    }

                    @Override
                    public void event(
                            LiveBlocks live,
                            long ordinal,
                            long time,
                            EventKind kind,
                            long block,
                            long size,
                            int stack) {
                        told.add("event " + ordinal);
                    }
                };
        replay = new AllocationReplay(List.of(listener));
    }

    private void event(EventKind kind, long block, long size) {
        replay.event(replay.events(), kind, block, size, 0);
    }

    @Test
    void tellsWhatEndedThenWhatBeganThenTheEvent() {
        event(EventKind.ALLOCATE, 0, 2);
        event(EventKind.RESIZE, 0, 4);
        event(EventKind.SWEEP, 0, 0);

        assertThat(told)
                .containsExactly(
                        "began 0+2",
                        "event 0",
                        "ended 0+2 REALLOC by 1",
                        "resized 0+4",
                        "event 1",
                        "ended 0+4 SWEEP by 2",
                        "event 2");
    }

    @Test
    void endsAllThatAnAllocationCoversAsImplied() {
        event(EventKind.ALLOCATE, 0, 3);
        event(EventKind.ALLOCATE, 4, 1);
        event(EventKind.ALLOCATE, 6, 2);
        event(EventKind.ALLOCATE, 8, 1);
        told.clear();

        event(EventKind.ALLOCATE, 2, 5);

        assertThat(told)
                .containsExactly(
                        "ended 0+3 IMPLIED by 4",
                        "ended 4+1 IMPLIED by 4",
                        "ended 6+2 IMPLIED by 4",
                        "began 2+5",
                        "event 4");
        assertThat(replay.impliedFrees()).isEqualTo(3);
        assertThat(replay.live().count()).isEqualTo(2);
    }

    @Test
    void takesTheResizeOfWhatIsNotAliveForAnAllocation() {
        event(EventKind.RESIZE, 7, 2);

        assertThat(told).containsExactly("began 7+2", "event 0");
    }

    @Test
    void aResizeThatGrowsOverANeighbourEndsItUnseen() {
        event(EventKind.ALLOCATE, 0, 2);
        event(EventKind.ALLOCATE, 2, 1);
        told.clear();

        event(EventKind.RESIZE, 0, 3);

        assertThat(told)
                .containsExactly(
                        "ended 0+2 REALLOC by 2",
                        "ended 2+1 IMPLIED by 2",
                        "resized 0+3",
                        "event 2");
    }

    @Test
    void countsFreesOfNothingAndAllocationsOfNothingAndChangesNothing() {
        event(EventKind.FREE, 3, 0);
        event(EventKind.SWEEP, 3, 0);
        event(EventKind.ALLOCATE, 3, 0);
        event(EventKind.ALLOCATE, 3, -1);

        assertThat(replay.unmatchedFrees()).isEqualTo(2);
        assertThat(replay.emptyAllocations()).isEqualTo(2);
        assertThat(replay.allocations()).isZero();
        assertThat(told).containsExactly("event 0", "event 1", "event 2", "event 3");
    }

    @Test
    void givesAnImpliedFreeTheOrdinalOfTheEventThatFollows() {
        event(EventKind.ALLOCATE, 0, 1);
        event(EventKind.IMPLIED_FREE, 0, 0);
        event(EventKind.ALLOCATE, 0, 2);

        assertThat(told)
                .containsExactly(
                        "began 0+1", "event 0", "ended 0+1 IMPLIED by 1", "began 0+2", "event 1");
        assertThat(replay.events()).isEqualTo(2);
    }

    @Test
    void knowsTheNeighboursOfWhatIsAlive() {
        event(EventKind.ALLOCATE, 4, 1);
        event(EventKind.ALLOCATE, -1, 1);
        event(EventKind.ALLOCATE, 0, 1);
        LiveBlocks live = replay.live();

        assertThat(live.before(live.at(4))).isEqualTo(live.at(0));
        assertThat(live.after(live.at(4))).isEqualTo(live.at(-1));
        assertThat(live.before(live.at(0))).isEqualTo(LiveBlocks.NONE);
        assertThat(live.after(live.at(-1))).isEqualTo(LiveBlocks.NONE);
        assertThat(live.lowestBlock()).isZero();
        assertThat(live.highestEnd()).isEqualTo(-1L);
    }

    @Test
    void standsAnyNumbers() {
        Random random = new Random(12);
        long[] edges = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32};
        for (int i = 0; i < 50_000; i++) {
            long block = edges[random.nextInt(edges.length)] + random.nextInt(40);
            long size = edges[random.nextInt(edges.length)] + random.nextInt(9);
            replay.event(
                    random.nextLong(),
                    EventKind.values()[random.nextInt(5)],
                    block,
                    size,
                    random.nextInt(3));
        }
        long[] end = {0};
        replay.live()
                .forEach(handle -> {
                    long block = replay.live().block(handle);
                    assertThat(Long.compareUnsigned(block, end[0])).isGreaterThanOrEqualTo(0);
                    end[0] = replay.live().end(handle);
                });
    }
}
