package dev.chipray.analysis.heap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.heap.Heap;
import dev.chipray.heap.HeapArea;
import dev.chipray.heap.HeapBuilder;
import dev.chipray.heap.HeapRoot;
import dev.chipray.heap.LabelKind;
import dev.chipray.heap.RootKind;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DominatorsTest {
    private static Heap random(Random random) {
        HeapBuilder builder = new HeapBuilder();
        int objects = 1 + random.nextInt(40);
        builder.addArea(new HeapArea(0x1000, 4096, 16));
        for (int i = 0; i < objects; i++) {
            builder.addObject(0x1000 + 64L * i, 16 * (1 + random.nextInt(4)));
            builder.describe(i, random.nextBoolean() ? "list" : "dict", "");
        }
        int references = random.nextInt(3 * objects);
        for (int i = 0; i < references; i++) {
            builder.refer(random.nextInt(objects), random.nextInt(objects), LabelKind.ITEM, i);
        }
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            builder.addRoot(
                    new HeapRoot(
                            RootKind.STATE,
                            "root" + random.nextInt(3) + "[" + i + "]",
                            4L * i,
                            random.nextInt(objects)));
        }
        return builder.build();
    }

    /// The nodes that are reached when one of them is taken out.
    private static BitSet reachedWithout(HeapGraph graph, int gone) {
        BitSet reached = new BitSet();
        ArrayDeque<Integer> work = new ArrayDeque<>();
        if (graph.start() != gone) {
            reached.set(graph.start());
            work.add(graph.start());
        }
        while (!work.isEmpty()) {
            int node = work.remove();
            for (int edge = graph.firstEdge(node); edge < graph.endOfEdges(node); edge++) {
                int target = graph.target(node, edge);
                if (target != gone && !reached.get(target)) {
                    reached.set(target);
                    work.add(target);
                }
            }
        }
        return reached;
    }

    @Test
    void retained_bytes_are_those_that_nobody_reaches_without_the_object() {
        Random random = new Random(5);
        for (int round = 0; round < 500; round++) {
            HeapGraph graph = HeapGraph.of(random(random), Retained.ROOTS);
            Dominators dominators = Dominators.of(graph);
            BitSet all = reachedWithout(graph, -1);
            for (int node = 0; node < graph.size(); node++) {
                assertThat(dominators.isReached(node)).isEqualTo(all.get(node));
                if (!all.get(node)) {
                    continue;
                }
                BitSet lost = (BitSet) all.clone();
                lost.andNot(reachedWithout(graph, node));
                long bytes =
                        lost.stream().filter(graph::isObject).mapToLong(graph.heap()::bytes).sum();
                assertThat(dominators.retained(node)).as("round %d", round).isEqualTo(bytes);
                int above = dominators.immediate(node);
                if (node != graph.start()) {
                    assertThat(above).isNotNegative();
                    assertThat(above == graph.start() || !reachedWithout(graph, above).get(node))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void every_reached_byte_has_one_holder_and_a_deep_chain_ends() {
        Random random = new Random(6);
        for (int round = 0; round < 200; round++) {
            Retained retained = Retained.of(random(random));
            assertThat(retained.holders().stream().mapToLong(Retained.Holder::bytes).sum())
                    .isEqualTo(retained.reached());
        }
        HeapBuilder chain = new HeapBuilder();
        int length = 300_000;
        for (int i = 0; i < length; i++) {
            chain.addObject(0x1000 + 16L * i, 16);
            if (i > 0) {
                chain.refer(i - 1, i, LabelKind.FIELD, "next");
            }
        }
        chain.addRoot(new HeapRoot(RootKind.STATE, "first", 0, 0));
        Retained retained = Retained.of(chain.build());
        assertThat(retained.bytes(0)).isEqualTo(16L * length);
        assertThat(retained.classes()).hasSize(1);
    }

    @Test
    void shortest_ways_are_as_long_as_a_search_level_by_level_finds() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Heap heap = random(random);
            RootPaths paths = RootPaths.of(heap, Retained.ROOTS);
            BitSet level = new BitSet();
            heap.roots().forEach(root -> level.set(root.target()));
            BitSet seen = (BitSet) level.clone();
            BitSet now = level;
            for (int distance = 0; !now.isEmpty(); distance++) {
                BitSet next = new BitSet();
                for (int i = now.nextSetBit(0); i >= 0; i = now.nextSetBit(i + 1)) {
                    assertThat(paths.distance(i)).isEqualTo(distance);
                    RootPaths.RootPath path = java.util.Objects.requireNonNull(paths.to(i));
                    assertThat(path.steps()).hasSize(distance + 1);
                    assertThat(path.steps().getLast().object()).isEqualTo(i);
                    for (int r = heap.firstReference(i); r < heap.endOfReferences(i); r++) {
                        if (!seen.get(heap.target(r))) {
                            seen.set(heap.target(r));
                            next.set(heap.target(r));
                        }
                    }
                }
                now = next;
            }
            for (int i = 0; i < heap.size(); i++) {
                assertThat(paths.isReached(i)).isEqualTo(seen.get(i));
            }
        }
    }

    @Test
    void holes_are_what_the_objects_leave() {
        HeapBuilder builder = new HeapBuilder();
        builder.addArea(new HeapArea(0x1000, 16, 16));
        builder.addObject(0x1010, 16);
        builder.addObject(0x1040, 32);
        FreeRuns runs = FreeRuns.of(builder.build());

        assertThat(runs.holes())
                .containsExactly(
                        new FreeRuns.Hole(0x1000, 16, Heap.NONE, 0),
                        new FreeRuns.Hole(0x1020, 32, 0, 1),
                        new FreeRuns.Hole(0x1060, 160, 1, Heap.NONE));
        assertThat(runs.largest()).isEqualTo(160);
        assertThat(runs.bytes()).isEqualTo(208);
        assertThat(runs.histogram())
                .containsExactly(
                        new FreeRuns.Bucket(16, 1, 16),
                        new FreeRuns.Bucket(32, 1, 32),
                        new FreeRuns.Bucket(256, 1, 160));
    }
}
