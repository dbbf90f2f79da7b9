package dev.chipray.interpreters.micropython.internal;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.interpreters.Layouts;
import dev.chipray.interpreters.micropython.GcArea;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the areas of the collected heap and reads their allocation tables.
///
/// The block size is a macro of the build and in no debug information, but the pool holds four blocks for each byte of
/// the allocation table, exactly.
public final class AreaReader {
    /// More areas than any firmware makes; a list that loops ends here.
    private static final int AREA_LIMIT = 1024;

    /// 1 GiB of blocks of 16 bytes.
    private static final long BLOCK_LIMIT = 1L << 26;

    private final TargetBytes memory;
    private final StructView area;
    private final long first;
    private final List<Diagnostic> problems;

    /// Reads through `memory`; what cannot be read is added to `problems`.
    public AreaReader(
            TargetBytes memory,
            Layouts layouts,
            ContextMembers context,
            List<Diagnostic> problems) {
        this.memory = memory;
        this.problems = problems;
        StructView mem = context.mem();
        // Since heaps can be split, the fields of an area have a structure of their own.
        Optional<Layouts.Field> own = mem.field("area");
        this.area =
                own.isPresent()
                        ? StructView.of(
                                memory, layouts, "mp_state_mem_area_t", "_mp_state_mem_area_t")
                        : mem;
        this.first = context.memAddress() + own.map(Layouts.Field::offset).orElse(0L);
    }

    /// The areas in the order of the firmware's list.
    public List<GcArea> read() {
        List<GcArea> areas = new ArrayList<>();
        long at = first;
        while (at != 0 && areas.size() < AREA_LIMIT) {
            if (!memory.mapped(at, Math.max(area.size(), 1))) {
                problems.add(
                        Diagnostic.warning("0x%x".formatted(at), "heap area: no memory there"));
                break;
            }
            Optional<GcArea> one = readOne(at, areas.size());
            if (one.isEmpty() || overlaps(one.get(), areas)) {
                break;
            }
            areas.add(one.get());
            at = area.get(at, "next");
        }
        return List.copyOf(areas);
    }

    private boolean overlaps(GcArea one, List<GcArea> areas) {
        for (GcArea other : areas) {
            if (one.poolStart() < other.poolEnd() && other.poolStart() < one.poolEnd()) {
                problems.add(
                        Diagnostic.warning(
                                "0x%x".formatted(one.poolStart()),
                                "heap area: it overlaps another; the list of areas ends here"));
                return true;
            }
        }
        return false;
    }

    private Optional<GcArea> readOne(long at, int index) {
        long table = area.get(at, "gc_alloc_table_start");
        long tableBytes = area.get(at, "gc_alloc_table_byte_len");
        long start = area.get(at, "gc_pool_start");
        long end = area.get(at, "gc_pool_end");
        long blocks = 4 * tableBytes;
        long pool = end - start;
        if (tableBytes <= 0 || blocks > BLOCK_LIMIT || start <= 0 || pool <= 0) {
            return refuse(
                    at,
                    "its fields make no sense (table of %d bytes, pool of %d)"
                            .formatted(tableBytes, pool));
        }
        long blockSize = pool / blocks;
        if (blockSize * blocks != pool || blockSize < 4 || blockSize > 4096) {
            return refuse(at, "%d bytes of pool do not hold %d blocks".formatted(pool, blocks));
        }
        if (!memory.mapped(table, tableBytes)) {
            return refuse(at, "the allocation table at 0x%x is not in the input".formatted(table));
        }
        byte[] packed = memory.bytes(table, (int) tableBytes);
        byte[] kinds = new byte[(int) blocks];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = (byte) (packed[i >> 2] >> (2 * (i & 3)) & 3);
        }
        if (!memory.mapped(start, pool)) {
            problems.add(
                    Diagnostic.warning(
                            "0x%x".formatted(start),
                            "heap area: part of its pool is not in the input"));
        }
        return Optional.of(
                new GcArea(
                        index,
                        table,
                        tableBytes,
                        area.get(at, "gc_finaliser_table_start"),
                        area.get(at, "gc_weakref_table_start"),
                        area.get(at, "gc_collect_table_start"),
                        start,
                        end,
                        (int) blockSize,
                        kinds));
    }

    private Optional<GcArea> refuse(long at, String why) {
        problems.add(Diagnostic.warning("0x%x".formatted(at), "heap area: " + why));
        return Optional.empty();
    }
}
