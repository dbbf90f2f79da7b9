package dev.chipray.hex.internal;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.UnsupportedException;
import dev.chipray.hex.MemoryImage.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// Gathers data records in any order and turns them into sorted blocks without overlaps.
///
/// Takes a few times the bytes that were added, never more: gaps are not filled. Addresses have at most 32 bits.
final class BlockBuilder {
    private static final int LARGEST = 1 << 30;

    private byte[] data = new byte[4096];
    private int used;
    private final List<Run> runs = new ArrayList<>();

    /// Consecutive addresses whose bytes are consecutive in [#data], from record `line` on.
    private record Run(long address, int start, int length, long line) {
        long end() {
            return address + length;
        }
    }

    /// Adds bytes that count over what was added before.
    void add(long address, byte[] bytes, int offset, int length, long line) {
        if (length == 0) {
            return;
        }
        if (length > LARGEST - used) {
            throw new UnsupportedException(
                    "more than 1 GiB of data in hex records", "Convert the file to ELF or binary.");
        }
        if (length > data.length - used) {
            data = Arrays.copyOf(data, Math.max(used + length, used + (used >> 1)));
        }
        System.arraycopy(bytes, offset, data, used, length);
        Run last = runs.isEmpty() ? null : runs.getLast();
        if (last != null && last.end() == address) {
            runs.set(
                    runs.size() - 1,
                    new Run(last.address, last.start, last.length + length, last.line));
        } else {
            runs.add(new Run(address, used, length, line));
        }
        used += length;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /// The blocks; where runs differ on a byte the later one counts and a problem is added.
    List<Block> build(String name, Problems problems) {
        List<Run> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparingLong(Run::address));
        List<long[]> ranges = new ArrayList<>();
        boolean overlap = false;
        for (Run run : sorted) {
            long[] last = ranges.isEmpty() ? null : ranges.getLast();
            if (last != null && run.address <= last[1]) {
                overlap |= run.address < last[1];
                last[1] = Math.max(last[1], run.end());
            } else {
                ranges.add(new long[] {run.address, run.end()});
            }
        }
        long[] starts = ranges.stream().mapToLong(range -> range[0]).toArray();
        List<byte[]> contents = new ArrayList<>();
        for (long[] range : ranges) {
            contents.add(new byte[(int) (range[1] - range[0])]);
        }
        BitSet[] written = overlap ? new BitSet[starts.length] : new BitSet[0];
        for (Run run : runs) {
            int found = Arrays.binarySearch(starts, run.address);
            int index = found >= 0 ? found : -found - 2;
            int within = (int) (run.address - starts[index]);
            if (overlap) {
                if (written[index] == null) {
                    written[index] = new BitSet();
                }
                reportConflict(run, contents.get(index), within, written[index], problems);
                written[index].set(within, within + run.length);
            }
            System.arraycopy(data, run.start, contents.get(index), within, run.length);
        }
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            blocks.add(new Block(starts[i], ByteView.of(contents.get(i), name)));
        }
        return blocks;
    }

    private void reportConflict(
            Run run, byte[] content, int within, BitSet written, Problems problems) {
        int differing = 0;
        long first = -1;
        int end = within + run.length;
        for (int i = written.nextSetBit(within); i >= 0 && i < end; i = written.nextSetBit(i + 1)) {
            if (content[i] != data[run.start + i - within]) {
                if (first < 0) {
                    first = run.address + i - within;
                }
                differing++;
            }
        }
        if (differing > 0) {
            problems.add(
                    run.line,
                    "%d bytes from 0x%x on were given before with other values; the later ones count"
                            .formatted(differing, first));
        }
    }
}
