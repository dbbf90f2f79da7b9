package dev.chipray.elf.internal;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.elf.ElfSegment;
import java.util.Arrays;
import java.util.List;

/// The memory that the loaded segments of a file describe: bytes of the file, then zeros; for any thread.
///
/// Bytes that a cut file lacks are unmapped.
public final class SegmentMemory implements MemoryReader {
    private final ByteView file;
    private final List<ElfSegment> segments;

    public SegmentMemory(ByteView file, List<ElfSegment> segments) {
        this.file = file;
        this.segments = List.copyOf(segments);
    }

    @Override
    public int read(long address, byte[] into, int offset, int length) {
        int done = 0;
        while (done < length) {
            int count = readPart(address + done, into, offset + done, length - done);
            if (count == 0) {
                break;
            }
            done += count;
        }
        return done;
    }

    private int readPart(long address, byte[] into, int offset, int length) {
        for (ElfSegment segment : segments) {
            long start = address - segment.address();
            if (Long.compareUnsigned(start, segment.memorySize()) >= 0) {
                continue;
            }
            if (Long.compareUnsigned(start, segment.fileSize()) < 0) {
                int count = least(length, segment.fileSize() - start);
                if (!file.has(segment.offset(), 0) || !file.has(segment.offset() + start, count)) {
                    return 0;
                }
                file.copy(segment.offset() + start, into, offset, count);
                return count;
            }
            int count = least(length, segment.memorySize() - start);
            Arrays.fill(into, offset, offset + count, (byte) 0);
            return count;
        }
        return 0;
    }

    private static int least(int length, long available) {
        return Long.compareUnsigned(available, length) < 0 ? (int) available : length;
    }
}
