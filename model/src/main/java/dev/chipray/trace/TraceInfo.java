package dev.chipray.trace;

/// What the numbers of an allocation trace mean.
///
/// @param unit       what blocks and sizes count
/// @param blockSize  bytes a block has, or 0 where nobody told; 1 where [#unit] is bytes
/// @param heapBlocks length of the heap in units, or 0 where nobody told and the highest block seen must stand in
/// @param timeUnit   what times count
public record TraceInfo(Unit unit, long blockSize, long heapBlocks, TimeUnit timeUnit) {

    /// What blocks and sizes count.
    public enum Unit {
        /// Blocks of the interpreter's collector, from the start of its heap.
        BLOCKS,
        /// Bytes, at addresses of the target.
        BYTES
    }

    /// What times count.
    public enum TimeUnit {
        /// The source's own events, from 0.
        EVENTS,
        MILLISECONDS,
        MICROSECONDS,
        NANOSECONDS
    }

    /// A trace in blocks, timed by its events, about whose sizes nobody told anything.
    public static final TraceInfo UNKNOWN_BLOCKS =
            new TraceInfo(Unit.BLOCKS, 0, 0, TimeUnit.EVENTS);

    public TraceInfo {
        if (blockSize < 0 || heapBlocks < 0) {
            throw new IllegalArgumentException(
                    "sizes are not negative: " + blockSize + ", " + heapBlocks);
        }
    }

    /// The same with what the user told; 0 changes nothing.
    public TraceInfo withSizes(long newBlockSize, long newHeapBlocks) {
        return new TraceInfo(
                unit,
                newBlockSize == 0 ? blockSize : newBlockSize,
                newHeapBlocks == 0 ? heapBlocks : newHeapBlocks,
                timeUnit);
    }

    public TraceInfo withTimeUnit(TimeUnit newTimeUnit) {
        return new TraceInfo(unit, blockSize, heapBlocks, newTimeUnit);
    }
}
