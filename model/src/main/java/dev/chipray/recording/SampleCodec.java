package dev.chipray.recording;

import java.util.Arrays;

/// Samples of the processor between columns of numbers and the payload of a `SAMP` chunk.
///
/// The same encodings as for allocation events, and like there each chunk can be read by itself.
final class SampleCodec {

    /// Samples in a chunk when the writer fills it.
    static final int SAMPLES_PER_CHUNK = 8192;

    private static final int IDLE = 1;
    private static final int FLAGS = 2;

    private long[] times = new long[64];
    private long[] threads = new long[64];
    private int[] stacks = new int[64];
    private long[] weights = new long[64];
    private byte[] flags = new byte[64];
    private int size;

    private final PayloadBuilder column = new PayloadBuilder();

    int size() {
        return size;
    }

    void add(long time, long thread, int stack, long weight, boolean idle) {
        if (size == times.length) {
            reserve(size * 2);
        }
        times[size] = time;
        threads[size] = thread;
        stacks[size] = stack;
        weights[size] = weight;
        flags[size] = (byte) (idle ? IDLE : 0);
        size++;
    }

    private void reserve(int capacity) {
        if (capacity > times.length) {
            times = Arrays.copyOf(times, capacity);
            threads = Arrays.copyOf(threads, capacity);
            stacks = Arrays.copyOf(stacks, capacity);
            weights = Arrays.copyOf(weights, capacity);
            flags = Arrays.copyOf(flags, capacity);
        }
    }

    /// Writes all samples and forgets them.
    ///
    /// @param first how many samples the recording has before these
    void encode(long first, PayloadBuilder payload) {
        payload.putVarint(first);
        payload.putVarint(size);
        column.clear();
        ColumnCodec.putEvenly(times, size, column);
        payload.putColumn(column);
        column.clear();
        ColumnCodec.putDifferences(threads, size, column);
        payload.putColumn(column);
        column.clear();
        ColumnCodec.putDifferences(stacks, size, column);
        payload.putColumn(column);
        column.clear();
        ColumnCodec.putPlain(weights, size, column);
        payload.putColumn(column);
        column.clear();
        ColumnCodec.putNibbles(flags, size, column);
        payload.putColumn(column);
        size = 0;
    }

    /// Reads a payload in place of what was there; nothing is there where it throws.
    ///
    /// @return how many samples the recording has before these
    long decode(PayloadReader payload, int stackCount) {
        size = 0;
        long first = payload.readVarint();
        // A time, a thread, a stack, a weight and half a byte of flags.
        int count = payload.readCount(4);
        reserve(count);
        ColumnCodec.readEvenly(payload.readColumn(), times, count);
        ColumnCodec.readDifferences(payload.readColumn(), threads, count);
        ColumnCodec.readNumbers(payload.readColumn(), stacks, count, stackCount, "stack");
        ColumnCodec.readPlain(payload.readColumn(), weights, count);
        ColumnCodec.readNibbles(payload.readColumn(), flags, count, FLAGS);
        size = count;
        return first;
    }

    void replay(RecordingVisitor visitor) {
        for (int sample = 0; sample < size; sample++) {
            visitor.sample(
                    times[sample],
                    threads[sample],
                    stacks[sample],
                    weights[sample],
                    flags[sample] == IDLE);
        }
    }
}
