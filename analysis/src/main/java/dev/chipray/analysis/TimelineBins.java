package dev.chipray.analysis;

import java.util.ArrayList;
import java.util.List;

/// A timeline of any length in a bounded number of bins, each over the same number of events.
///
/// It begins with one event a bin; when all bins are full, neighbours are merged and bins take twice as many. So a trace
/// ends in more than half of the bins allowed, or in one bin for each event. Memory follows the number of bins.
public final class TimelineBins implements HeapGauge.Reader {

    private final int maxBins;
    private final List<TimelineBin> full = new ArrayList<>();
    private long eventsInBin = 1;

    // The bin that is being filled; primitives, since most events only touch these.
    private long events;
    private long firstEvent;
    private long startTime;
    private long endTime;
    private long minUsed;
    private long maxUsed;
    private long lastUsed;
    private long maxAllocations;
    private long maxUsedEnd;
    private long minLargestFreeRun;
    private long maxHoles;
    private long maxFree;
    private long maxScattered;

    /// @param maxBins most bins wanted, at least 2
    public TimelineBins(int maxBins) {
        if (maxBins < 2) {
            throw new IllegalArgumentException("a timeline has at least two bins, not " + maxBins);
        }
        this.maxBins = maxBins;
    }

    @Override
    public void read(HeapGauge gauge) {
        if (events == 0) {
            begin(gauge);
        }
        events++;
        endTime = gauge.time();
        lastUsed = gauge.used();
        minUsed = Math.min(minUsed, lastUsed);
        maxUsed = Math.max(maxUsed, lastUsed);
        maxAllocations = Math.max(maxAllocations, gauge.allocations());
        maxUsedEnd = Math.max(maxUsedEnd, gauge.usedEnd());
        long largest = gauge.largestFreeRun();
        minLargestFreeRun = Math.min(minLargestFreeRun, largest);
        maxHoles = Math.max(maxHoles, gauge.holes());
        long free = gauge.free();
        maxFree = Math.max(maxFree, free);
        maxScattered = Math.max(maxScattered, free - largest);
        if (events == eventsInBin) {
            full.add(current());
            events = 0;
            if (full.size() == maxBins) {
                merge();
            }
        }
    }

    private void begin(HeapGauge gauge) {
        firstEvent = gauge.event();
        startTime = gauge.time();
        minUsed = Long.MAX_VALUE;
        maxUsed = Long.MIN_VALUE;
        maxAllocations = 0;
        maxUsedEnd = Long.MIN_VALUE;
        minLargestFreeRun = Long.MAX_VALUE;
        maxHoles = 0;
        maxFree = Long.MIN_VALUE;
        maxScattered = Long.MIN_VALUE;
    }

    private TimelineBin current() {
        return new TimelineBin(
                firstEvent,
                events,
                startTime,
                endTime,
                minUsed,
                maxUsed,
                lastUsed,
                maxAllocations,
                maxUsedEnd,
                minLargestFreeRun,
                maxHoles,
                maxFree,
                maxScattered);
    }

    private void merge() {
        List<TimelineBin> merged = new ArrayList<>(maxBins);
        for (int i = 0; i + 1 < full.size(); i += 2) {
            merged.add(full.get(i).with(full.get(i + 1)));
        }
        boolean odd = full.size() % 2 == 1;
        TimelineBin last = full.getLast();
        full.clear();
        full.addAll(merged);
        eventsInBin *= 2;
        if (odd) {
            resume(last);
        }
    }

    /// Makes a bin that is only half full the one being filled.
    private void resume(TimelineBin bin) {
        events = bin.events();
        firstEvent = bin.firstEvent();
        startTime = bin.startTime();
        endTime = bin.endTime();
        minUsed = bin.minUsed();
        maxUsed = bin.maxUsed();
        lastUsed = bin.lastUsed();
        maxAllocations = bin.maxAllocations();
        maxUsedEnd = bin.maxUsedEnd();
        minLargestFreeRun = bin.minLargestFreeRun();
        maxHoles = bin.maxHoles();
        maxFree = bin.maxFree();
        maxScattered = bin.maxScattered();
    }

    /// The bins so far, the earliest first; the last may have fewer events than the others.
    public List<TimelineBin> bins() {
        List<TimelineBin> result = new ArrayList<>(full);
        if (events > 0) {
            result.add(current());
        }
        return List.copyOf(result);
    }
}
