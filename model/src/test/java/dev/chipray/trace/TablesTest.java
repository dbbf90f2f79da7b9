package dev.chipray.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TablesTest {

    @Test
    void equalStringsHaveOneNumberAndTheEmptyOneIsNumberZero() {
        StringTable strings = new StringTable();
        byte[] utf8 = "x\u00e9y".getBytes(StandardCharsets.UTF_8);

        assertThat(strings.intern("")).isEqualTo(StringTable.EMPTY);
        assertThat(strings.intern(utf8, 1, 2)).isEqualTo(strings.intern("\u00e9"));
        assertThat(strings.intern(new byte[] {(byte) 0xff}, 0, 1))
                .isEqualTo(strings.intern("\uFFFD"));
        assertThat(strings.size()).isEqualTo(3);
        assertThat(strings.characters()).isEqualTo(2);
    }

    @Test
    void framesThatDifferInAnythingAreTwoFrames() {
        StringTable strings = new StringTable();
        FrameTable frames = new FrameTable(strings);
        int f = strings.intern("f");
        int file = strings.intern("f.c");

        assertThat(
                        List.of(
                                frames.intern(f, file, 1, 8),
                                frames.intern(f, file, 2, 8),
                                frames.intern(f, file, 1, 9),
                                frames.intern(file, file, 1, 8),
                                frames.intern(f, f, 1, 8),
                                frames.intern(f, file, 1, 8, FrameTable.Language.INTERPRETED)))
                .containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(frames.intern(f, file, 2, 8)).isEqualTo(1);
        assertThat(frames.language(5)).isEqualTo(FrameTable.Language.INTERPRETED);
    }

    @Test
    void locationsAreFileAndLineOrWhatTheSourceToldInTheirPlace() {
        StringTable strings = new StringTable();
        FrameTable frames = new FrameTable(strings);
        int file = strings.intern("f.c");

        assertThat(frames.location(frames.intern(0, file, 7, 1))).isEqualTo("f.c:7");
        assertThat(frames.location(frames.intern(0, file, 0, 1))).isEqualTo("f.c");
        assertThat(frames.location(frames.intern(0, 0, 0, -1L))).isEqualTo("0xffffffffffffffff");
        assertThat(frames.functionName(0)).isEqualTo("??");
    }

    @Test
    void stacksKeepTheirFramesAndCallersHaveSmallerNumbers() {
        Random random = new Random(6);
        StackTable stacks = new StackTable();
        List<List<Integer>> paths = new ArrayList<>();
        paths.add(List.of());
        for (int i = 0; i < 5000; i++) {
            int caller = random.nextInt(paths.size());
            int frame = random.nextInt(20);
            int stack = stacks.intern(caller, frame);
            List<Integer> path = new ArrayList<>();
            path.add(frame);
            path.addAll(paths.get(caller));
            assertThat(paths.indexOf(path)).isEqualTo(stack < paths.size() ? stack : -1);
            if (stack == paths.size()) {
                paths.add(path);
            }
            assertThat(stacks.caller(stack)).isLessThan(stack).isEqualTo(caller);
            assertThat(stacks.depth(stack)).isEqualTo(path.size());
            assertThat(stacks.framesInnermostFirst(stack))
                    .containsExactly(path.stream().mapToInt(Integer::intValue).toArray());
        }
        assertThat(stacks.size()).isEqualTo(paths.size());
    }

    @Test
    void eventColumnsTellBackWhatTheyWereTold() {
        AllocationColumns columns = new AllocationColumns();
        AllocationColumns copy = new AllocationColumns();
        for (int i = 0; i < 3000; i++) {
            columns.event(i * 3L, EventKind.values()[i % 5], -i, i + 1L, i % 7);
        }
        columns.replay(copy);

        assertThat(copy.size()).isEqualTo(3000);
        assertThat(copy.time(2999)).isEqualTo(8997);
        assertThat(copy.kind(2998)).isEqualTo(EventKind.values()[2998 % 5]);
        assertThat(copy.block(5)).isEqualTo(-5);
        assertThat(copy.length(5)).isEqualTo(6);
        assertThat(copy.stack(8)).isEqualTo(1);
    }
}
