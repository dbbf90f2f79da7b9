package dev.chipray.analysis;

import dev.chipray.trace.TraceInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An allocation trace in one screen; sizes in the unit of [#info].
///
/// @param info            what the numbers mean
/// @param events          how many events there are
/// @param allocateEvents  how many of them were allocations, as the source told them
/// @param resizeEvents    how many were resizes
/// @param freeEvents      how many were frees
/// @param sweepEvents     how many were sweeps
/// @param firstTime       time of the first event
/// @param lastTime        time of the last event
/// @param allocations     how many allocations began, by resizes too
/// @param allocated       all that was ever allocated
/// @param freed           allocations that the program gave back
/// @param swept           allocations that the collector took
/// @param resized         allocations that a resize ended
/// @param impliedFrees    allocations that must have ended unseen
/// @param unmatchedFrees  frees of blocks where nothing live begins
/// @param emptyAllocations allocations without a size, which were passed over
/// @param peak            the first moment when the most was alive
/// @param end             the moment after the last event
/// @param temporary       what was freed within [#temporaryEvents] events of its allocation
/// @param temporaryAllocations how many allocations that was
/// @param temporaryEvents how many events are a moment
/// @param churn           what was allocated and ended again
/// @param collections     how many garbage collections were seen
/// @param liveHolders     lines that hold the most after the last event, the heaviest first
/// @param peakHolders     lines that held the most at the peak, the heaviest first
/// @param endHeap         how the heap is filled after the last event; null where there is no event
/// @param worstHeap       the moment when the most free blocks lay outside of the largest free run; null where there was none
/// @param stacks          how many distinct stacks allocated
public record AllocationSummary(
        TraceInfo info,
        long events,
        long allocateEvents,
        long resizeEvents,
        long freeEvents,
        long sweepEvents,
        long firstTime,
        long lastTime,
        long allocations,
        long allocated,
        long freed,
        long swept,
        long resized,
        long impliedFrees,
        long unmatchedFrees,
        long emptyAllocations,
        Moment peak,
        Moment end,
        long temporary,
        long temporaryAllocations,
        long temporaryEvents,
        long churn,
        long collections,
        List<Holder> liveHolders,
        List<Holder> peakHolders,
        @Nullable HeapReading endHeap,
        @Nullable HeapReading worstHeap,
        long stacks) {

    public AllocationSummary {
        liveHolders = List.copyOf(liveHolders);
        peakHolders = List.copyOf(peakHolders);
    }
}
