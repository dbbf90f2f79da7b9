package dev.chipray.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeapBuilderTest {
    @Test
    void references_start_at_their_object_in_the_order_in_which_they_came() {
        HeapBuilder builder = new HeapBuilder();
        int list = builder.addObject(0x100, 16);
        int items = builder.addObject(0x110, 32);
        int text = builder.addObject(0x130, 16);
        builder.describe(list, "list", "");
        builder.describe(items, "list items", "");
        builder.own(items, list);
        builder.refer(text, list, LabelKind.KEY, "'k'");
        builder.refer(list, items, LabelKind.FIELD, "items");
        builder.refer(list, text, LabelKind.ITEM, 3);
        builder.refer(list, text, LabelKind.CLOSURE, 1);
        Heap heap = builder.build();

        assertThat(heap.size()).isEqualTo(3);
        assertThat(heap.owner(items)).isEqualTo(list);
        assertThat(heap.isKnown(text)).isFalse();
        assertThat(heap.endOfReferences(list) - heap.firstReference(list)).isEqualTo(3);
        assertThat(heap.label(0)).isEqualTo(".items");
        assertThat(heap.label(1)).isEqualTo("[3]");
        assertThat(heap.label(2)).isEqualTo("closure[1]");
        assertThat(heap.label(heap.firstReference(text))).isEqualTo("['k']");
        assertThat(heap.at(0x110)).isEqualTo(items);
        assertThat(heap.at(0x111)).isEqualTo(Heap.NONE);
    }

    @Test
    void objects_out_of_order_are_a_mistake_of_the_caller() {
        HeapBuilder builder = new HeapBuilder();
        builder.addObject(0x100, 16);

        assertThatThrownBy(() -> builder.addObject(0x100, 16))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
