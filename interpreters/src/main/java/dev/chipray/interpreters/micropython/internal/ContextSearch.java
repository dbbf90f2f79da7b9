package dev.chipray.interpreters.micropython.internal;

import dev.chipray.bytes.ByteView;
import dev.chipray.interpreters.Layouts;
import java.util.ArrayList;
import java.util.List;

/// Finds the interpreter's state in bytes whose address is not known, by its shape; immutable.
///
/// The state's own address is known from the symbols, so each place where it could be gives the address of all bytes.
public final class ContextSearch {
    private static final int MOST = 256;

    private final long address;
    private final long size;
    private final int wordSize;
    private final long table;
    private final long tableBytes;
    private final long poolStart;
    private final long poolEnd;

    /// A search for a firmware's state.
    public ContextSearch(ContextMembers context, TargetBytes memory, Layouts layouts) {
        this.address = context.address();
        this.wordSize = layouts.wordSize();
        StructView mem = context.mem();
        StructView area =
                mem.has("area")
                        ? StructView.of(
                                memory, layouts, "mp_state_mem_area_t", "_mp_state_mem_area_t")
                        : mem;
        long base = context.memAddress() - address + mem.offset("area");
        this.table = base + area.offset("gc_alloc_table_start");
        this.tableBytes = base + area.offset("gc_alloc_table_byte_len");
        this.poolStart = base + area.offset("gc_pool_start");
        this.poolEnd = base + area.offset("gc_pool_end");
        this.size = Math.max(Math.max(table, tableBytes), Math.max(poolStart, poolEnd)) + wordSize;
    }

    /// The addresses at which `image` could start, the highest first.
    public List<Long> bases(ByteView image) {
        List<Long> bases = new ArrayList<>();
        long last = Math.min(image.size() - size, address);
        for (long at = Math.floorMod(address, (long) wordSize);
                at <= last && bases.size() < MOST;
                at += wordSize) {
            if (fits(image, at, address - at)) {
                bases.add(address - at);
            }
        }
        return bases;
    }

    /// Whether the state's heap makes sense where `image` starts at `base`; only the state itself is looked at.
    public boolean fits(ByteView image, long base) {
        long at = address - base;
        return at >= 0 && at <= image.size() - size && fits(image, at, base);
    }

    private boolean fits(ByteView image, long at, long base) {
        long bytes = image.unsigned(at + tableBytes, wordSize);
        long start = image.unsigned(at + poolStart, wordSize);
        long end = image.unsigned(at + poolEnd, wordSize);
        long alloc = image.unsigned(at + table, wordSize);
        long limit = base + image.size();
        if (bytes <= 0 || bytes > image.size() || start < base || end <= start || end > limit) {
            return false;
        }
        long blocks = 4 * bytes;
        long block = (end - start) / blocks;
        return block * blocks == end - start
                && block >= 4
                && block <= 4096
                && alloc >= base
                && alloc < start
                && alloc + bytes <= start;
    }

    /// The end of the last thing that the state says is in the image, as a distance from its start.
    public long extent(ByteView image, long base) {
        return Math.max(
                image.unsigned(address - base + poolEnd, wordSize) - base, address - base + size);
    }
}
