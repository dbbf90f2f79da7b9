package dev.chipray.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderedBlockIndexTest {

    private static int handle(Map.@Nullable Entry<Long, Integer> entry) {
        return entry == null ? LiveBlocks.NONE : entry.getValue();
    }

    @ParameterizedTest
    @CsvSource({"1, 50, 70", "2, 3000, 55", "3, 100000, 80", "4, 0, 60", "5, 600, 30"})
    void agreesWithATreeMapWhateverComesAndGoes(long seed, int range, int percentAdded) {
        Random random = new Random(seed);
        OrderedBlockIndex index = new OrderedBlockIndex();
        TreeMap<Long, Integer> map = new TreeMap<>(Long::compareUnsigned);
        for (int step = 0; step < 40_000; step++) {
            // Range 0 stands for all 64 bits, where order is unsigned.
            long block = range == 0 ? random.nextLong() : random.nextInt(range);
            boolean adds = (step / 5000) % 2 == 0;
            if (random.nextInt(100) < (adds ? percentAdded : 100 - percentAdded)) {
                index.put(block, step);
                map.put(block, step);
            } else {
                Long known = map.floorKey(block);
                long removed = known != null && random.nextBoolean() ? known : block;
                index.remove(removed);
                map.remove(removed);
            }
            assertThat(index.get(block)).isEqualTo(map.getOrDefault(block, LiveBlocks.NONE));
            assertThat(index.floor(block)).isEqualTo(handle(map.floorEntry(block)));
            assertThat(index.ceiling(block)).isEqualTo(handle(map.ceilingEntry(block)));
        }
        List<Integer> visited = new ArrayList<>();
        index.forEach(visited::add);
        assertThat(visited).containsExactlyElementsOf(map.values());
    }
}
