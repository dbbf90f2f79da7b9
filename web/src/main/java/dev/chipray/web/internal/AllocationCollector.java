package dev.chipray.web.internal;

import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.EndCause;
import dev.chipray.trace.LiveBlocks;
import java.util.Arrays;

/// Keeps as many allocations as a page can hold and counts the others.
///
/// As long as all fit, all are kept. After that those with the shortest lives go: the bound on life doubles until a
/// quarter of the room is free. What is alive is kept while the recording goes on; [#finish()] lets the smallest go
/// where even those are too many. Memory is bound by `limit` plus what is alive at one time.
final class AllocationCollector implements AllocationListener {

    private final int limit;
    private final long temporaryEvents;
    private final AllocationRows rows = new AllocationRows();
    private final LeftOut leftOut;
    private int[] rowOfHandle = new int[256];
    private long shortestLife = 1;
    private int room;

    AllocationCollector(int limit, long temporaryEvents, LeftOut leftOut) {
        this.limit = limit;
        this.temporaryEvents = temporaryEvents;
        this.leftOut = leftOut;
        this.room = limit;
    }

    @Override
    public void began(LiveBlocks live, int handle, boolean resized) {
        if (rows.size() >= room) {
            makeRoom(live);
        }
        if (handle >= rowOfHandle.length) {
            int capacity = Math.max(live.handleLimit(), 2 * rowOfHandle.length);
            rowOfHandle = Arrays.copyOf(rowOfHandle, capacity);
        }
        rowOfHandle[handle] =
                rows.add(
                        live.ordinal(handle),
                        live.time(handle),
                        live.block(handle),
                        live.size(handle),
                        live.stack(handle),
                        resized);
    }

    @Override
    public void ended(
            LiveBlocks live, int handle, EndCause cause, long ordinal, long time, int stack) {
        rows.end(rowOfHandle[handle], ordinal, time, stack, cause);
    }

    private void makeRoom(LiveBlocks live) {
        long target = Math.max(limit / 4L * 3, live.count() + limit / 4L);
        do {
            shortestLife *= 2;
        } while (shortestLife < AllocationRows.ALIVE / 2 && atLeast(shortestLife) > target);
        int[] moved = keep(row -> rows.life(row) >= shortestLife);
        live.forEach(handle -> {
            // The handle of the allocation that is beginning has no row yet.
            if (handle < rowOfHandle.length && rowOfHandle[handle] < moved.length) {
                rowOfHandle[handle] = moved[rowOfHandle[handle]];
            }
        });
        room = Math.toIntExact(Math.max(limit, rows.size() + limit / 4L));
    }

    private int atLeast(long life) {
        int count = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (rows.life(row) >= life) {
                count++;
            }
        }
        return count;
    }

    /// Which rows stay.
    private interface RowTest {
        boolean test(int row);
    }

    /// Drops the others and returns where each row went.
    private int[] keep(RowTest stays) {
        int[] moved = new int[rows.size()];
        int kept = 0;
        for (int row = 0; row < moved.length; row++) {
            if (stays.test(row)) {
                moved[row] = kept;
                rows.move(row, kept++);
            } else {
                leaveOut(row);
            }
        }
        rows.truncate(kept);
        return moved;
    }

    private void leaveOut(int row) {
        long life = rows.life(row);
        boolean temporary = life <= temporaryEvents && rows.cause(row) != EndCause.REALLOC;
        leftOut.add(
                rows.startStack(row),
                rows.start(row),
                rows.length(row),
                temporary,
                life == AllocationRows.ALIVE);
    }

    /// Applies the bounds once more, so that they hold for every allocation alike.
    AllocationRows finish() {
        if (shortestLife > 1) {
            keep(row -> rows.life(row) >= shortestLife);
        }
        if (rows.size() > limit) {
            long[] lengths = new long[rows.size()];
            for (int row = 0; row < lengths.length; row++) {
                lengths[row] = rows.length(row);
            }
            Arrays.sort(lengths);
            long smallest = lengths[lengths.length - limit];
            int[] equalsLeft = {limit - countAbove(lengths, smallest)};
            keep(row ->
                    rows.length(row) > smallest
                            || (rows.length(row) == smallest && equalsLeft[0]-- > 0));
            leftOut.smallerThan(smallest);
        }
        return rows;
    }

    /// Drops what begins more than `distance` above `lowest` or is longer, without counting it; returns how many that were.
    int dropBeyond(long lowest, long distance) {
        int kept = 0;
        int before = rows.size();
        for (int row = 0; row < before; row++) {
            long above = rows.block(row) - lowest;
            if (Long.compareUnsigned(above, distance) <= 0 && rows.length(row) <= distance) {
                rows.move(row, kept++);
            }
        }
        rows.truncate(kept);
        return before - kept;
    }

    private static int countAbove(long[] sorted, long value) {
        int at = sorted.length;
        while (at > 0 && sorted[at - 1] > value) {
            at--;
        }
        return sorted.length - at;
    }

    /// Shorter lives, in events, were left out; 1 where all are there.
    long shortestLife() {
        return shortestLife;
    }
}
