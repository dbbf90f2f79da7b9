package dev.chipray.analysis;

import java.util.List;

/// What happened from the end of one garbage collection to the end of the next; sizes in the unit of the trace.
///
/// @param number               counted from 0
/// @param firstEvent           its first event, counted from 0
/// @param events               how many events it has, those of its collection included
/// @param collectionEvents     how many of them are its collection; 0 in the last period if the trace ended before one
/// @param startTime            time of its first event
/// @param endTime              time of its last event
/// @param allocations          allocations that were no resize
/// @param resizes              allocations that took the place of another
/// @param allocatedSize        what those two added up to
/// @param freed                allocations that the program gave back
/// @param swept                allocations that the collector took
/// @param impliedFrees         allocations that must have ended unseen
/// @param sweptSize            what the collector took, added up
/// @param usedBeforeCollection what was alive before its collection, or after its last event if there was none
/// @param usedAtEnd            what was alive after its last event
/// @param sizes                allocations and resizes by size, smallest first, empty classes left out
/// @param longestWithoutSingle longest run of allocations none of which had size 1: a collector that looks for one free
///                             block keeps its search position only through such a run
public record CollectionPeriod(
        long number,
        long firstEvent,
        long events,
        long collectionEvents,
        long startTime,
        long endTime,
        long allocations,
        long resizes,
        long allocatedSize,
        long freed,
        long swept,
        long impliedFrees,
        long sweptSize,
        long usedBeforeCollection,
        long usedAtEnd,
        List<SizeClass> sizes,
        long longestWithoutSingle) {

    public CollectionPeriod {
        sizes = List.copyOf(sizes);
    }

    /// Whether it ended with a collection.
    public boolean collected() {
        return collectionEvents > 0;
    }
}
