package dev.chipray.hex;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MemoryReader;
import java.util.List;
import java.util.OptionalLong;

/// Bytes at addresses, as a file gave them: immutable, sorted, without overlaps, and any thread may read it.
///
/// @param blocks the occupied address ranges in ascending order, at least one byte apart
/// @param entry where execution starts, when the file says so
/// @param header the text of the file's header record, empty when there is none
/// @param diagnostics what could not be read, and data that was there twice and differed
public record MemoryImage(
        List<Block> blocks, OptionalLong entry, String header, List<Diagnostic> diagnostics)
        implements MemoryReader {

    /// One range of addresses without a gap.
    ///
    /// @param address the address of the first byte
    /// @param bytes the bytes there
    public record Block(long address, ByteView bytes) {
        /// The address after the last byte; a block never reaches past 2^63.
        public long end() {
            return address + bytes.size();
        }
    }

    public MemoryImage {
        blocks = List.copyOf(blocks);
        diagnostics = List.copyOf(diagnostics);
    }

    /// The bytes of a plain binary file that starts at `base`.
    public static MemoryImage raw(ByteView bytes, long base) {
        if (base < 0 || bytes.size() > Long.MAX_VALUE - base) {
            throw new IllegalArgumentException("base address out of range: 0x%x".formatted(base));
        }
        List<Block> blocks = bytes.size() == 0 ? List.of() : List.of(new Block(base, bytes));
        return new MemoryImage(blocks, OptionalLong.empty(), "", List.of());
    }

    /// The number of bytes in all blocks.
    public long size() {
        return blocks.stream().mapToLong(block -> block.bytes().size()).sum();
    }

    @Override
    public int read(long address, byte[] into, int offset, int length) {
        int low = 0;
        int high = blocks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Block block = blocks.get(middle);
            if (address < block.address()) {
                high = middle - 1;
            } else if (address >= block.end()) {
                low = middle + 1;
            } else {
                long within = address - block.address();
                int count = (int) Math.min(length, block.bytes().size() - within);
                block.bytes().copy(within, into, offset, count);
                return count;
            }
        }
        return 0;
    }
}
