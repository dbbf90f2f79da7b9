package dev.chipray.recording;

/// The encodings that a column of a chunk can have; docs/recording-format.md names them.
///
/// Differences are taken modulo 2^64, so that any values can be stored.
final class ColumnCodec {

    private ColumnCodec() {}

    static void putPlain(long[] values, int count, PayloadBuilder column) {
        for (int i = 0; i < count; i++) {
            column.putVarint(values[i]);
        }
    }

    static void readPlain(PayloadReader column, long[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = column.readVarint();
        }
    }

    static void putDifferences(long[] values, int count, PayloadBuilder column) {
        long previous = 0;
        for (int i = 0; i < count; i++) {
            column.putSigned(values[i] - previous);
            previous = values[i];
        }
    }

    static void putDifferences(int[] values, int count, PayloadBuilder column) {
        long previous = 0;
        for (int i = 0; i < count; i++) {
            column.putSigned(values[i] - previous);
            previous = values[i];
        }
    }

    static void readDifferences(PayloadReader column, long[] values, int count) {
        long previous = 0;
        for (int i = 0; i < count; i++) {
            previous += column.readSigned();
            values[i] = previous;
        }
    }

    /// Reads differences of numbers that a table must know.
    static void readNumbers(
            PayloadReader column, int[] values, int count, int tableSize, String what) {
        long previous = 0;
        for (int i = 0; i < count; i++) {
            previous += column.readSigned();
            if (previous < 0 || previous >= tableSize) {
                throw column.malformed(what + " " + previous + " is in no table");
            }
            values[i] = (int) previous;
        }
    }

    /// Differences of differences: a clock that advances evenly costs one byte a value.
    static void putEvenly(long[] values, int count, PayloadBuilder column) {
        long previous = 0;
        long step = 0;
        for (int i = 0; i < count; i++) {
            long newStep = values[i] - previous;
            column.putSigned(newStep - step);
            previous = values[i];
            step = newStep;
        }
    }

    static void readEvenly(PayloadReader column, long[] values, int count) {
        long previous = 0;
        long step = 0;
        for (int i = 0; i < count; i++) {
            step += column.readSigned();
            previous += step;
            values[i] = previous;
        }
    }

    /// Two values a byte, the first of them in the low half.
    static void putNibbles(byte[] values, int count, PayloadBuilder column) {
        for (int i = 0; i < count; i += 2) {
            int high = i + 1 < count ? values[i + 1] : 0;
            column.putByte(values[i] | high << 4);
        }
    }

    static void readNibbles(PayloadReader column, byte[] values, int count, int below) {
        for (int i = 0; i < count; i += 2) {
            int pair = column.readByte();
            values[i] = checked(pair & 0xf, below, column);
            if (i + 1 < count) {
                values[i + 1] = checked(pair >>> 4, below, column);
            }
        }
    }

    private static byte checked(int value, int below, PayloadReader column) {
        if (value >= below) {
            throw column.malformed("kind " + value + " is unknown");
        }
        return (byte) value;
    }
}
