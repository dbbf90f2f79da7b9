package dev.chipray.analysis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunLengthsTest {

    @Test
    void knowsTheLongestOfAnyLengthsThatComeAndGo() {
        Random random = new Random(3);
        RunLengths lengths = new RunLengths();
        List<Long> present = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (present.isEmpty() || random.nextInt(present.size() + 4) < 4) {
                long length = 1 + (random.nextLong() >>> (1 + random.nextInt(63)));
                present.add(length);
                lengths.add(length);
            } else {
                lengths.remove(present.remove(random.nextInt(present.size())));
            }
            assertThat(lengths.longest())
                    .isEqualTo(present.stream().mapToLong(Long::longValue).max().orElse(0));
            assertThat(lengths.size()).isEqualTo(present.size());
        }
    }

    @Test
    void standsTheLengthsAtTheBordersOfItsTables() {
        RunLengths lengths = new RunLengths();
        long[] borders = {1, 63, 64, 4095, 4096, 262_143, 262_144, Long.MAX_VALUE, -1L};
        for (long border : borders) {
            lengths.add(border);
            assertThat(lengths.longest()).isEqualTo(border);
        }
        for (int i = borders.length - 1; i > 0; i--) {
            lengths.remove(borders[i]);
            assertThat(lengths.longest()).isEqualTo(borders[i - 1]);
        }
    }

    @Test
    void passesOverRunsOfNoLength() {
        RunLengths lengths = new RunLengths();
        lengths.add(0);
        lengths.remove(0);

        assertThat(lengths.size()).isZero();
        assertThat(lengths.longest()).isZero();
    }
}
