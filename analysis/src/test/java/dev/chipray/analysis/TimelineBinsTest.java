package dev.chipray.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.testkit.EventScript;
import dev.chipray.trace.TraceInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineBinsTest {

    @ParameterizedTest
    @CsvSource({"0, 4", "1, 4", "3, 4", "4, 4", "5, 4", "1000, 7", "1000, 2", "777, 64", "64, 64"})
    void binsTellTheExtremesOfTheEventsTheyCover(int events, int maxBins) {
        EventScript script = EventScript.random(events, events, 50, 3);
        List<HeapReading> readings = new ArrayList<>();
        TimelineBins timeline = new TimelineBins(maxBins);
        script.replay(
                new HeapGauge(
                        TraceInfo.UNKNOWN_BLOCKS,
                        List.<HeapGauge.Reader>of(
                                timeline, gauge -> readings.add(gauge.reading()))));

        List<TimelineBin> bins = timeline.bins();

        assertThat(bins).hasSizeLessThanOrEqualTo(maxBins);
        assertThat(bins).hasSizeGreaterThanOrEqualTo(Math.min(events, maxBins / 2));
        long next = 0;
        for (TimelineBin bin : bins) {
            assertThat(bin.firstEvent()).isEqualTo(next);
            next += bin.events();
            assertThat(bin)
                    .isEqualTo(expected(readings.subList((int) bin.firstEvent(), (int) next)));
        }
        assertThat(next).isEqualTo(events);
    }

    private static TimelineBin expected(List<HeapReading> covered) {
        return new TimelineBin(
                covered.getFirst().event(),
                covered.size(),
                covered.getFirst().time(),
                covered.getLast().time(),
                covered.stream().mapToLong(HeapReading::used).min().orElseThrow(),
                covered.stream().mapToLong(HeapReading::used).max().orElseThrow(),
                covered.getLast().used(),
                covered.stream().mapToLong(HeapReading::allocations).max().orElseThrow(),
                covered.stream().mapToLong(HeapReading::usedEnd).max().orElseThrow(),
                covered.stream().mapToLong(HeapReading::largestFreeRun).min().orElseThrow(),
                covered.stream().mapToLong(HeapReading::holes).max().orElseThrow(),
                covered.stream().mapToLong(HeapReading::free).max().orElseThrow(),
                covered.stream().mapToLong(HeapReading::scattered).max().orElseThrow());
    }
}
