package dev.chipray.recording;

import dev.chipray.trace.EventKind;
import java.util.Arrays;

/// Allocation events between columns of numbers and the payload of an `EVNT` chunk.
///
/// Each chunk can be read by itself: every difference starts from 0. Five columns, because the values of one column
/// resemble each other: times advance evenly, blocks and stacks lie near the ones before.
final class AllocationEventCodec {

    /// Events in a chunk when the writer fills it; at most 26 bytes each come to far less than a payload may have.
    static final int EVENTS_PER_CHUNK = 8192;

    private static final EventKind[] KINDS = EventKind.values();

    private long[] times = new long[64];
    private byte[] kinds = new byte[64];
    private long[] blocks = new long[64];
    private long[] sizes = new long[64];
    private int[] stacks = new int[64];
    private int size;

    private final PayloadBuilder column = new PayloadBuilder();

    int size() {
        return size;
    }

    void add(long time, EventKind kind, long block, long length, int stack) {
        if (size == times.length) {
            reserve(size * 2);
        }
        times[size] = time;
        kinds[size] = (byte) kind.ordinal();
        blocks[size] = block;
        sizes[size] = length;
        stacks[size] = stack;
        size++;
    }

    private void reserve(int capacity) {
        if (capacity > times.length) {
            times = Arrays.copyOf(times, capacity);
            kinds = Arrays.copyOf(kinds, capacity);
            blocks = Arrays.copyOf(blocks, capacity);
            sizes = Arrays.copyOf(sizes, capacity);
            stacks = Arrays.copyOf(stacks, capacity);
        }
    }

    /// Writes all events and forgets them.
    ///
    /// @param first how many events the recording has before these
    void encode(long first, PayloadBuilder payload) {
        payload.putVarint(first);
        payload.putVarint(size);
        column.clear();
        ColumnCodec.putEvenly(times, size, column);
        payload.putColumn(column);
        column.clear();
        ColumnCodec.putNibbles(kinds, size, column);
        payload.putColumn(column);
        column.clear();
        ColumnCodec.putDifferences(blocks, size, column);
        payload.putColumn(column);
        column.clear();
        ColumnCodec.putPlain(sizes, size, column);
        payload.putColumn(column);
        column.clear();
        ColumnCodec.putDifferences(stacks, size, column);
        payload.putColumn(column);
        size = 0;
    }

    /// Reads a payload in place of what was there; nothing is there where it throws.
    ///
    /// @return how many events the recording has before these
    long decode(PayloadReader payload, int stackCount) {
        size = 0;
        long first = payload.readVarint();
        // A time, half a kind, a block, a size and a stack.
        int count = payload.readCount(4);
        reserve(count);
        ColumnCodec.readEvenly(payload.readColumn(), times, count);
        ColumnCodec.readNibbles(payload.readColumn(), kinds, count, KINDS.length);
        ColumnCodec.readDifferences(payload.readColumn(), blocks, count);
        ColumnCodec.readPlain(payload.readColumn(), sizes, count);
        ColumnCodec.readNumbers(payload.readColumn(), stacks, count, stackCount, "stack");
        size = count;
        return first;
    }

    void replay(RecordingVisitor visitor) {
        for (int event = 0; event < size; event++) {
            visitor.allocation(
                    times[event], KINDS[kinds[event]], blocks[event], sizes[event], stacks[event]);
        }
    }
}
