package dev.chipray.cli;

import dev.chipray.heap.Heap;
import dev.chipray.session.heap.HeapSnapshot;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/// What JSON answers about heaps share.
final class HeapJson {
    private static final int VALUE_LIMIT = 200;

    private HeapJson() {}

    static String hex(long address) {
        return "0x%x".formatted(address);
    }

    /// The fields that say what was read.
    static void writeInput(JsonGenerator json, HeapSnapshot snapshot) {
        json.writeObjectPropertyStart("input");
        json.writeStringProperty("name", snapshot.name());
        json.writeNumberProperty("snapshot", snapshot.number());
        json.writeStringProperty("firmware", snapshot.firmware());
        json.writeStringProperty("place", snapshot.place());
        json.writeEndObject();
        JsonAnswer.writeDiagnostics(json, snapshot.diagnostics());
    }

    /// The fields of one object, without what it refers to.
    static void writeObject(JsonGenerator json, HeapSnapshot snapshot, int object) {
        Heap heap = snapshot.heap();
        json.writeStringProperty("address", hex(heap.address(object)));
        json.writeStringProperty("type", heap.type(object));
        json.writeStringProperty("name", heap.name(object));
        json.writeNumberProperty("bytes", heap.bytes(object));
        json.writeNumberProperty("retained", snapshot.retained().bytes(object));
        if (heap.owner(object) == Heap.NONE) {
            json.writeNullProperty("owner");
        } else {
            json.writeStringProperty("owner", hex(heap.address(heap.owner(object))));
        }
        json.writeStringProperty("value", HeapWords.value(snapshot, object, VALUE_LIMIT));
    }

    static String id(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
