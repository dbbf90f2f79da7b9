package dev.chipray.analysis;

/// How the heap was filled after one event; sizes in the unit of the trace.
///
/// @param event           the event, counted from 0; -1 before the first
/// @param time            its time, in the unit of the trace
/// @param used            what was alive
/// @param allocations     how many allocations were alive
/// @param usedEnd         first block after the highest live one; where the heap begins if nothing was alive
/// @param heapStart       where the heap begins: block 0, or the lowest address seen where the trace counts bytes
/// @param heapEnd         first block after the heap
/// @param endIsEstimate   whether nobody told how long the heap is, so that [#heapEnd] is the highest block seen so far
/// @param largestFreeRun  length of the longest run of free blocks, the one at the heap's end included
/// @param holes           how many free runs have something alive above them
public record HeapReading(
        long event,
        long time,
        long used,
        long allocations,
        long usedEnd,
        long heapStart,
        long heapEnd,
        boolean endIsEstimate,
        long largestFreeRun,
        long holes) {

    /// Free blocks from [#heapStart] to [#heapEnd].
    public long free() {
        return heapEnd - heapStart - used;
    }

    /// Free blocks outside of the largest free run: what is free and of no use to the largest request.
    public long scattered() {
        return free() - largestFreeRun;
    }

    /// Share of the free blocks that is scattered: 0 where all free blocks are in one run (or none is free), towards 1 the
    /// more they are in pieces.
    public double fragmentation() {
        return free() == 0 ? 0 : (double) scattered() / free();
    }
}
