package dev.chipray.hex.internal;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.hex.MemoryImage;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/// Reads one Intel HEX file; for one thread, once.
///
/// Under a segment address (type 02), or none, offsets wrap within 64 KiB; under a linear one (type 04) within 4 GiB.
public final class IntelHexReader {
    private static final int DATA = 0;
    private static final int END = 1;
    private static final int SEGMENT_ADDRESS = 2;
    private static final int SEGMENT_START = 3;
    private static final int LINEAR_ADDRESS = 4;
    private static final int LINEAR_START = 5;

    private final ByteView file;
    private final RecordLines lines;
    private final Problems problems;
    private final BlockBuilder blocks = new BlockBuilder();
    private final Set<Integer> unknownTypes = new HashSet<>();
    private long base;
    private boolean linear;
    private boolean ended;
    private long good;
    private OptionalLong entry = OptionalLong.empty();

    /// Prepares to read a file.
    public IntelHexReader(ByteView file) {
        this.file = file;
        this.lines = new RecordLines(file);
        this.problems = new Problems(file.name());
    }

    /// Reads it.
    public MemoryImage read() {
        while (lines.next()) {
            if (lines.charAt(0) != ':') {
                problems.add(lines.number(), "not a record: no ':' at its start");
            } else {
                record();
            }
        }
        if (good == 0) {
            throw new MalformedException(
                    file.name(), file.origin(), "no Intel HEX record", file.size());
        }
        if (!ended) {
            problems.add(lines.number(), "no end record: the file may be cut");
        }
        return new MemoryImage(blocks.build(file.name(), problems), entry, "", problems.list());
    }

    private void record() {
        int length = lines.decode(1);
        byte[] bytes = lines.decoded();
        if (length < 5 || length != (bytes[0] & 0xff) + 5) {
            problems.add(lines.number(), "record left out: its length does not fit its line");
            return;
        }
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += bytes[i];
        }
        if ((sum & 0xff) != 0) {
            problems.add(lines.number(), "record left out: wrong checksum");
            return;
        }
        good++;
        int count = bytes[0] & 0xff;
        int offset = number(bytes, 1, 2);
        int type = bytes[3] & 0xff;
        switch (type) {
            case DATA -> data(offset, bytes, count);
            case END -> ended = true;
            case SEGMENT_ADDRESS -> {
                if (hasCount(count, 2)) {
                    base = (long) number(bytes, 4, 2) << 4;
                    linear = false;
                }
            }
            case SEGMENT_START -> {
                if (hasCount(count, 4)) {
                    entry =
                            OptionalLong.of(
                                    ((long) number(bytes, 4, 2) << 4) + number(bytes, 6, 2));
                }
            }
            case LINEAR_ADDRESS -> {
                if (hasCount(count, 2)) {
                    base = (long) number(bytes, 4, 2) << 16;
                    linear = true;
                }
            }
            case LINEAR_START -> {
                if (hasCount(count, 4)) {
                    entry = OptionalLong.of((long) number(bytes, 4, 2) << 16 | number(bytes, 6, 2));
                }
            }
            default -> {
                if (unknownTypes.add(type)) {
                    problems.add(
                            lines.number(), "records of type %02X are not read".formatted(type));
                }
            }
        }
    }

    private void data(int offset, byte[] bytes, int count) {
        if (ended) {
            problems.add(lines.number(), "data after the end record");
        }
        long address = base + offset;
        long limit = linear ? 1L << 32 : base + 0x10000;
        int before = (int) Math.min(count, limit - address);
        blocks.add(address, bytes, 4, before, lines.number());
        blocks.add(linear ? 0 : base, bytes, 4 + before, count - before, lines.number());
    }

    private boolean hasCount(int count, int expected) {
        if (count != expected) {
            problems.add(
                    lines.number(),
                    "record left out: %d bytes in place of %d".formatted(count, expected));
        }
        return count == expected;
    }

    private static int number(byte[] bytes, int offset, int length) {
        int value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | (bytes[offset + i] & 0xff);
        }
        return value;
    }
}
