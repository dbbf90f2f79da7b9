package dev.chipray.hex.internal;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.hex.MemoryImage;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/// Reads one file of S-records; for one thread, once.
public final class SRecordReader {
    private final ByteView file;
    private final RecordLines lines;
    private final Problems problems;
    private final BlockBuilder blocks = new BlockBuilder();
    private final StringBuilder header = new StringBuilder();
    private long dataRecords;
    private long good;
    private boolean ended;
    private OptionalLong entry = OptionalLong.empty();

    /// Prepares to read a file.
    public SRecordReader(ByteView file) {
        this.file = file;
        this.lines = new RecordLines(file);
        this.problems = new Problems(file.name());
    }

    /// Reads it.
    public MemoryImage read() {
        while (lines.next()) {
            int type = lines.charAt(1) - '0';
            if (lines.charAt(0) != 'S' || type < 0 || type > 9) {
                problems.add(lines.number(), "not a record: no 'S' and digit at its start");
            } else {
                record(type);
            }
        }
        if (good == 0) {
            throw new MalformedException(file.name(), file.origin(), "no S-record", file.size());
        }
        if (!ended) {
            problems.add(lines.number(), "no end record: the file may be cut");
        }
        return new MemoryImage(
                blocks.build(file.name(), problems), entry, header.toString(), problems.list());
    }

    private void record(int type) {
        int length = lines.decode(2);
        byte[] bytes = lines.decoded();
        int addressLength = addressLength(type);
        if (length < 1 || length != (bytes[0] & 0xff) + 1 || length < addressLength + 2) {
            problems.add(lines.number(), "record left out: its length does not fit its line");
            return;
        }
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += bytes[i];
        }
        // The checksum is the complement of the sum of all that precedes it.
        if ((sum & 0xff) != 0xff) {
            problems.add(lines.number(), "record left out: wrong checksum");
            return;
        }
        good++;
        long address = 0;
        for (int i = 1; i <= addressLength; i++) {
            address = address << 8 | (bytes[i] & 0xff);
        }
        int start = 1 + addressLength;
        int count = length - start - 1;
        switch (type) {
            case 0 -> header(bytes, start, count);
            case 1, 2, 3 -> data(address, addressLength, bytes, start, count);
            case 5, 6 -> count(address);
            case 7, 8, 9 -> {
                ended = true;
                entry = OptionalLong.of(address);
            }
            default ->
                    problems.add(
                            lines.number(), "records of type S%d are not read".formatted(type));
        }
    }

    private static int addressLength(int type) {
        return switch (type) {
            case 2, 6, 8 -> 3;
            case 3, 7 -> 4;
            default -> 2;
        };
    }

    private void header(byte[] bytes, int start, int count) {
        if (header.isEmpty()) {
            // Some writers pad the text with zeros.
            header.append(
                    new String(bytes, start, count, StandardCharsets.ISO_8859_1).replace("\0", ""));
        }
    }

    private void data(long address, int addressLength, byte[] bytes, int start, int count) {
        dataRecords++;
        if (ended) {
            problems.add(lines.number(), "data after the end record");
        }
        int within = (int) Math.min(count, (1L << (8 * addressLength)) - address);
        blocks.add(address, bytes, start, within, lines.number());
        if (within < count) {
            problems.add(
                    lines.number(), (count - within) + " bytes past the last address are left out");
        }
    }

    private void count(long expected) {
        if (expected != dataRecords) {
            problems.add(
                    lines.number(),
                    "the file counts %d data records, %d were read"
                            .formatted(expected, dataRecords));
        }
    }
}
