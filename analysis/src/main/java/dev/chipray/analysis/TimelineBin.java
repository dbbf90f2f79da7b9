package dev.chipray.analysis;

/// What happened during some events that follow each other; sizes in the unit of the trace.
///
/// @param firstEvent         the first of them, counted from 0
/// @param events             how many
/// @param startTime          time of the first
/// @param endTime            time of the last
/// @param minUsed            least that was alive after one of them
/// @param maxUsed            most that was alive after one of them
/// @param lastUsed           what was alive after the last
/// @param maxAllocations     most allocations that were alive
/// @param maxUsedEnd         highest [HeapReading#usedEnd()]
/// @param minLargestFreeRun  shortest largest free run
/// @param maxHoles           most holes
/// @param maxFree            most free blocks
/// @param maxScattered       most free blocks outside of the largest free run
public record TimelineBin(
        long firstEvent,
        long events,
        long startTime,
        long endTime,
        long minUsed,
        long maxUsed,
        long lastUsed,
        long maxAllocations,
        long maxUsedEnd,
        long minLargestFreeRun,
        long maxHoles,
        long maxFree,
        long maxScattered) {

    /// This and the bin that follows it, as one.
    public TimelineBin with(TimelineBin next) {
        return new TimelineBin(
                firstEvent,
                events + next.events,
                startTime,
                next.endTime,
                Math.min(minUsed, next.minUsed),
                Math.max(maxUsed, next.maxUsed),
                next.lastUsed,
                Math.max(maxAllocations, next.maxAllocations),
                Math.max(maxUsedEnd, next.maxUsedEnd),
                Math.min(minLargestFreeRun, next.minLargestFreeRun),
                Math.max(maxHoles, next.maxHoles),
                Math.max(maxFree, next.maxFree),
                Math.max(maxScattered, next.maxScattered));
    }
}
