package dev.chipray.analysis;

import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.LiveBlocks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Groups what is alive at the end of a trace by the path that allocated it.
///
/// Being alive is no fault by itself: what a program keeps for good is here too, and what is garbage that no collection
/// has met yet. Age tells them apart: a leak has old and new allocations under one path.
public final class Leaks {

    private Leaks() {}

    /// One entry a path, the largest size first, equal ones the oldest first.
    public static List<Leak> of(
            AllocationReplay replay, CallStacks stacks, AllocatorFrames allocator) {
        CallPaths paths =
                new CallPaths(
                        stacks,
                        CallTreeOptions.DEFAULT
                                .withAllocator(allocator)
                                .withMaxDepth(Integer.MAX_VALUE));
        LiveBlocks live = replay.live();
        Map<Integer, Group> groups = new HashMap<>();
        live.forEach(handle -> {
            int path = paths.of(live.stack(handle));
            groups.computeIfAbsent(path, key -> new Group(key, handle)).add(live, handle);
        });
        long last = replay.events() - 1;
        List<Leak> leaks = new ArrayList<>();
        groups.values().forEach(group -> leaks.add(group.leak(live, paths, last)));
        leaks.sort(
                Comparator.comparingLong((Leak leak) -> -leak.size())
                        .thenComparingLong(Leak::oldestEvent));
        return List.copyOf(leaks);
    }

    private static final class Group {
        private final int path;
        private int oldest;
        private int newest;
        private long size;
        private long allocations;

        Group(int path, int first) {
            this.path = path;
            oldest = first;
            newest = first;
        }

        void add(LiveBlocks live, int handle) {
            size += live.size(handle);
            allocations++;
            if (live.ordinal(handle) < live.ordinal(oldest)) {
                oldest = handle;
            }
            if (live.ordinal(handle) > live.ordinal(newest)) {
                newest = handle;
            }
        }

        Leak leak(LiveBlocks live, CallPaths paths, long last) {
            return new Leak(
                    paths.frames(path, Integer.MAX_VALUE),
                    size,
                    allocations,
                    live.ordinal(oldest),
                    live.time(oldest),
                    live.ordinal(newest),
                    live.time(newest),
                    last - live.ordinal(oldest),
                    last - live.ordinal(newest));
        }
    }
}
