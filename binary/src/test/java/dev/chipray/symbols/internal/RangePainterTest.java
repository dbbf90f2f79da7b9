package dev.chipray.symbols.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangePainterTest {
    private record Range(long low, long high) {}

    @Test
    void nested_ranges_belong_to_the_innermost_one_as_a_brute_force_search_finds() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<Range> ranges = new ArrayList<>();
            nest(random, ranges, 0, 200, 0);
            RangePainter painter = new RangePainter();
            for (int i = 0; i < ranges.size(); i++) {
                painter.add(0x8000 + ranges.get(i).low, 0x8000 + ranges.get(i).high, i);
            }
            painter.paint(0x8000);
            for (int offset = 0; offset < 220; offset++) {
                assertThat(owner(painter, offset))
                        .as("offset %d of %s", offset, ranges)
                        .isEqualTo(innermost(ranges, offset));
            }
        }
    }

    /// Ranges that lie in each other or beside each other, parents before children.
    private static void nest(Random random, List<Range> ranges, long low, long high, int depth) {
        long at = low;
        while (at < high && depth < 5) {
            long start = at + random.nextInt(6);
            long end = start + 1 + random.nextInt(60);
            if (end > high) {
                return;
            }
            ranges.add(new Range(start, end));
            nest(random, ranges, start, end, depth + 1);
            at = end;
        }
    }

    private static int innermost(List<Range> ranges, long offset) {
        int found = -1;
        for (int i = 0; i < ranges.size(); i++) {
            // A child stands after its parent, and brothers do not overlap.
            if (offset >= ranges.get(i).low && offset < ranges.get(i).high) {
                found = i;
            }
        }
        return found;
    }

    private static int owner(RangePainter painter, int offset) {
        int owner = RangePainter.NOBODY;
        for (int i = 0; i < painter.starts.size() && painter.starts.get(i) <= offset; i++) {
            owner = painter.pieces.get(i);
        }
        return owner;
    }

    @Test
    void what_lies_too_far_from_the_base_is_dropped_and_counted() {
        RangePainter painter = new RangePainter();
        painter.add(0x1000, 0x2000, 0);
        painter.add(0x1_0000_2000L, 0x1_0000_3000L, 1);
        painter.paint(0x1000);
        assertThat(painter.dropped()).isEqualTo(1);
        assertThat(painter.starts.size()).isEqualTo(2);
    }
}
