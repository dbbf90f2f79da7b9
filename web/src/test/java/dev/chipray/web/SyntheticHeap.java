package dev.chipray.web;

import dev.chipray.trace.TraceInfo;
import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/// A program that allocates, keeps and frees on a heap with first fit, so that recordings look like real ones.
///
/// Of a hundred allocations eighty are gone after a few events, eighteen after thousands, and two stay.
final class SyntheticHeap {

    private static final int DEPTH = 14;

    private final Random random;
    private final BitSet used;
    private final int blocks;
    private int cursor;

    private SyntheticHeap(long seed, int blocks) {
        random = new Random(seed);
        this.blocks = blocks;
        used = new BitSet(blocks);
    }

    static SyntheticSource recording(long seed, int events, int blocks) {
        SyntheticSource source =
                new SyntheticSource().with(TraceInfo.UNKNOWN_BLOCKS.withSizes(16, blocks));
        new SyntheticHeap(seed, blocks).run(source, events);
        return source;
    }

    /// Random blocks, sizes and stacks: the least that compression can do anything about.
    static SyntheticSource incompressible(long seed, int events) {
        Random random = new Random(seed);
        SyntheticSource source = new SyntheticSource();
        int[] stacks = new int[4000];
        for (int i = 0; i < stacks.length; i++) {
            stacks[i] = source.stack("main@main.c:1", "f" + i + "@a.c:" + i);
        }
        for (int i = 0; i < events; i++) {
            int stack = stacks[random.nextInt(stacks.length)];
            source.allocate(random.nextInt(1 << 16), 1 + random.nextInt(64), stack);
        }
        return source;
    }

    private record Planned(long end, int block, int size) {}

    private void run(SyntheticSource source, int events) {
        int[] stacks = stacks(source, 400);
        int sweeper =
                source.stack("main@main.c:51", "gc_collect@main.c:90", "gc_sweep@py/gc.c:800");
        PriorityQueue<Planned> plans = new PriorityQueue<>(Comparator.comparingLong(Planned::end));
        while (source.events() < events) {
            Planned next = plans.peek();
            if (next != null && next.end() <= source.events()) {
                plans.remove();
                used.clear(next.block(), next.block() + next.size());
                int by = stacks[random.nextInt(stacks.length)];
                if (random.nextInt(4) == 0) {
                    source.sweep(next.block(), sweeper);
                } else {
                    source.free(next.block(), by);
                }
                continue;
            }
            int size = size();
            int block = find(size);
            if (block < 0) {
                if (next == null) {
                    return;
                }
                plans.remove();
                plans.add(new Planned(source.events(), next.block(), next.size()));
                continue;
            }
            used.set(block, block + size);
            int choice = random.nextInt(stacks.length);
            source.allocate(block, size, stacks[Math.min(choice, random.nextInt(stacks.length))]);
            plans.add(new Planned(source.events() + life(), block, size));
        }
    }

    private int size() {
        int kind = random.nextInt(100);
        return kind < 70 ? 1 : kind < 90 ? 2 + random.nextInt(3) : 5 + random.nextInt(60);
    }

    private long life() {
        int kind = random.nextInt(100);
        return kind < 80
                ? 1 + random.nextInt(40)
                : kind < 98 ? 1000 + random.nextInt(30_000) : Integer.MAX_VALUE;
    }

    private int find(int size) {
        for (int round = 0; round < 2; round++) {
            int at = used.nextClearBit(cursor);
            while (at + size <= blocks) {
                int end = used.nextSetBit(at);
                if (end < 0 || end - at >= size) {
                    cursor = size == 1 ? at : cursor;
                    return at;
                }
                at = used.nextClearBit(end);
            }
            cursor = 0;
        }
        return -1;
    }

    private int[] stacks(SyntheticSource source, int count) {
        int[] stacks = new int[count];
        for (int i = 0; i < count; i++) {
            String[] frames = new String[4 + random.nextInt(DEPTH)];
            frames[0] = "main@main.c:51";
            for (int level = 1; level < frames.length - 2; level++) {
                int which = random.nextInt(1 + level * 2);
                frames[level] =
                        "mp_level_"
                                + level
                                + "_"
                                + which
                                + "@py/part"
                                + which
                                + ".c:"
                                + (10 + which);
            }
            frames[frames.length - 2] = "m_malloc@../../py/malloc.c:86";
            frames[frames.length - 1] = "gc_alloc@../../py/gc.c:1011";
            stacks[i] = source.stack(frames);
        }
        return stacks;
    }
}
