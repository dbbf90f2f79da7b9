package dev.chipray.interpreters.micropython;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.heap.Heap;
import dev.chipray.heap.HeapRoot;
import dev.chipray.testkit.FirmwareImage;
import dev.chipray.testkit.MicroPythonImage;
import dev.chipray.testkit.MicroPythonOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeapTest {
    private static List<String> labels(Heap heap, long from, long to) {
        List<String> found = new ArrayList<>();
        int source = heap.at(from);
        for (int r = heap.firstReference(source); r < heap.endOfReferences(source); r++) {
            if (heap.target(r) == heap.at(to)) {
                found.add(heap.label(r));
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("dev.chipray.interpreters.micropython.Builds#all")
    void every_build_gives_the_same_graph(MicroPythonOptions options) {
        MicroPythonImage image = new MicroPythonImage(options);
        long text = image.string("str", "shared");
        long list = image.list(image.integer(1), text, text);
        long cell = image.cell(list);
        long dict = image.dict(image.qstrWord("key"), cell);
        long type = image.newClass("Point", image.dict());
        long point = image.instance(type, image.qstrWord("x"), dict);
        long module = image.module(image.dict(image.qstrWord("__name__"), image.qstrWord("m")));
        image.function("update", "main.py", module, 4, new int[] {3, 2});
        image.main(
                image.qstrWord("__name__"), image.qstrWord("__main__"), image.qstrWord("p"), point);
        Heap heap = Builds.open(image.finish()).heap(ProcessorState.UNKNOWN);

        assertThat(heap.type(heap.at(point))).isEqualTo("Point");
        assertThat(heap.name(heap.at(type))).isEqualTo("Point");
        assertThat(labels(heap, point, dict)).containsExactly(".x");
        assertThat(labels(heap, dict, cell)).containsExactly("['key']");
        assertThat(labels(heap, cell, list)).containsExactly(".obj");
        assertThat(labels(heap, list, text)).containsExactly("[1]", "[2]");
        assertThat(heap.roots())
                .filteredOn(root -> root.target() == heap.at(point))
                .extracting(HeapRoot::name)
                .containsExactly("dict_main['p']");
        for (int i = 0; i < heap.size(); i++) {
            assertThat(heap.isKnown(i)).as("0x%x", heap.address(i)).isTrue();
        }
    }

    @Test
    void items_that_begin_with_a_class_are_still_the_lists_items() {
        MicroPythonImage image = new MicroPythonImage(MicroPythonOptions.today());
        long list = image.list(image.typeAddress("list"), image.integer(3));
        Heap heap = Builds.open(image.finish()).heap(ProcessorState.UNKNOWN);

        int items = heap.at(list) + 1;
        assertThat(heap.type(items)).isEqualTo("list items");
        assertThat(heap.owner(items)).isEqualTo(heap.at(list));
    }

    @Test
    void damaged_memory_gives_a_heap_all_the_same() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            List<MicroPythonOptions> builds = Builds.all().toList();
            MicroPythonImage image = new MicroPythonImage(builds.get(round % builds.size()));
            long list = image.list(image.integer(1), image.qstrWord("a"));
            image.main(image.qstrWord("d"), image.dict(image.qstrWord("k"), list));
            image.function("f", "main.py", image.module(image.dict()), 3, new int[] {2, 1});
            FirmwareImage firmware = image.finish();
            byte[] all = firmware.contents();
            for (int i = 0; i < 1 + random.nextInt(200); i++) {
                all[random.nextInt(all.length)] = (byte) random.nextInt();
            }
            firmware.replaceContents(all);

            MicroPython python = Builds.open(firmware);
            Heap heap = python.heap(new ProcessorState(0x2000_4000L, java.util.Map.of(), false));
            python.classic();
            for (int i = 0; i < heap.size(); i++) {
                assertThat(python.repr(heap.address(i), 60).length()).isLessThanOrEqualTo(60);
            }
            python.framesOnStack(0x2000_4000L, 0x2000_8000L);
        }
    }
}
