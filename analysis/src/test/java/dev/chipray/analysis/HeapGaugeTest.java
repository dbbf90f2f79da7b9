package dev.chipray.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chipray.testkit.EventScript;
import dev.chipray.trace.TraceInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapGaugeTest {

    private static final String F = "f@f.c:1";
    private static final TraceInfo ADDRESSES =
            new TraceInfo(TraceInfo.Unit.BYTES, 1, 0, TraceInfo.TimeUnit.EVENTS);

    private static List<HeapReading> readings(EventScript script, TraceInfo info) {
        List<HeapReading> readings = new ArrayList<>();
        script.replay(new HeapGauge(info, List.of(gauge -> readings.add(gauge.reading()))));
        return readings;
    }

    @ParameterizedTest
    @CsvSource({"1, 80, 0", "2, 500, 0", "3, 80, 200", "4, 3000, 4000", "5, 300, 100", "6, 9, 0"})
    void agreesAfterEveryEventWithAHeapDrawnBlockByBlock(long seed, int blocks, long told) {
        EventScript script = EventScript.random(seed, 2000, blocks, 5);
        BlockHeap drawn = new BlockHeap(told);
        script.replay(drawn);

        List<HeapReading> readings = readings(script, TraceInfo.UNKNOWN_BLOCKS.withSizes(0, told));

        assertThat(readings)
                .extracting(reading ->
                        new BlockHeap.Reading(
                                reading.used(),
                                reading.allocations(),
                                reading.usedEnd(),
                                reading.heapEnd(),
                                reading.largestFreeRun(),
                                reading.holes()))
                .containsExactlyElementsOf(drawn.readings);
    }

    @Test
    void seesTheFreeEndOfAHeapWhoseLengthWasToldAndDoesNotCallItAHole() {
        HeapReading reading =
                readings(
                                new EventScript().allocate(4, 4, F),
                                TraceInfo.UNKNOWN_BLOCKS.withSizes(16, 100))
                        .getLast();

        assertThat(reading).isEqualTo(new HeapReading(0, 0, 4, 1, 8, 0, 100, false, 92, 1));
        assertThat(reading.free()).isEqualTo(96);
        assertThat(reading.scattered()).isEqualTo(4);
        assertThat(reading.fragmentation()).isCloseTo(4.0 / 96, within(1e-12));
    }

    @Test
    void saysThatTheHeapEndIsAnEstimateWhereNobodyToldOrWhatWasToldIsTooShort() {
        EventScript script = new EventScript().allocate(4, 4, F);

        assertThat(readings(script, TraceInfo.UNKNOWN_BLOCKS).getLast().endIsEstimate()).isTrue();
        assertThat(readings(script, TraceInfo.UNKNOWN_BLOCKS.withSizes(0, 7)).getLast())
                .returns(true, HeapReading::endIsEstimate)
                .returns(8L, HeapReading::heapEnd);
    }

    @Test
    void beginsAHeapOfAddressesAtTheLowestAddressSeen() {
        EventScript script =
                new EventScript()
                        .allocate(0x3ffb_1000L, 16, F)
                        .allocate(0x3ffb_1020L, 16, F)
                        .allocate(0x3ffb_0ff0L, 8, F);

        List<HeapReading> readings = readings(script, ADDRESSES);

        assertThat(readings).extracting(HeapReading::holes).containsExactly(0L, 1L, 2L);
        assertThat(readings.getLast())
                .returns(0x3ffb_0ff0L, HeapReading::heapStart)
                .returns(16L, HeapReading::largestFreeRun)
                .returns(24L, HeapReading::free);
    }

    @Test
    void standsBlocksAtTheEndOfTheAddressSpace() {
        EventScript script =
                new EventScript()
                        .allocate(-16, 8, F)
                        .allocate(-4, Long.MAX_VALUE, F)
                        .allocate(-1, 1, F)
                        .allocate(0, 1, F)
                        .free(-4)
                        .free(-16)
                        .free(0);

        assertThat(readings(script, TraceInfo.UNKNOWN_BLOCKS)).hasSize(7);
        assertThat(readings(script, ADDRESSES)).hasSize(7);
    }

    @Test
    void remembersTheMomentWhenMostFreeBlocksLayOutsideTheLargestRun() {
        EventScript script =
                new EventScript()
                        .allocate(0, 1, F)
                        .allocate(2, 1, F)
                        .allocate(4, 1, F)
                        .allocate(16, 1, F)
                        .allocate(22, 1, F)
                        .free(16);
        WorstFragmentation worst = new WorstFragmentation();
        script.replay(new HeapGauge(TraceInfo.UNKNOWN_BLOCKS, List.of(worst)));

        HeapReading reading = Objects.requireNonNull(worst.worst());
        assertThat(reading.event()).isEqualTo(4);
        assertThat(reading.scattered()).isEqualTo(7);
        assertThat(reading.largestFreeRun()).isEqualTo(11);
    }

    @Test
    void hasNoWorstMomentWhereTheFreeBlocksAreInOneRun() {
        WorstFragmentation worst = new WorstFragmentation();
        new EventScript()
                .allocate(0, 1, F)
                .allocate(9, 1, F)
                .replay(new HeapGauge(TraceInfo.UNKNOWN_BLOCKS, List.of(worst)));

        assertThat(worst.worst()).isNull();
    }
}
