package dev.chipray.cli;

import dev.chipray.analysis.heap.PlainPaths;
import dev.chipray.analysis.heap.Referrers;
import dev.chipray.analysis.heap.RootPaths;
import dev.chipray.heap.Heap;
import dev.chipray.heap.HeapRoot;
import dev.chipray.session.heap.HeapSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// `object --json`.
final class ObjectJson {

    private ObjectJson() {}

    static void write(OutputStream out, HeapSnapshot snapshot, int object, boolean bytes)
            throws IOException {
        Heap heap = snapshot.heap();
        JsonAnswer.write(
                out,
                "object",
                json -> {
                    HeapJson.writeInput(json, snapshot);
                    HeapJson.writeObject(json, snapshot, object);
                    json.writeNumberProperty("with_parts", snapshot.bytesWithParts(object));
                    RootPaths.@Nullable RootPath path = snapshot.paths().to(object);
                    if (path == null) {
                        json.writeNullProperty("path");
                    } else {
                        json.writeStringProperty("path", PlainPaths.of(path.text()));
                    }
                    json.writeArrayPropertyStart("references");
                    for (int r = heap.firstReference(object);
                            r < heap.endOfReferences(object);
                            r++) {
                        json.writeStartObject();
                        json.writeStringProperty("label", heap.label(r));
                        HeapJson.writeObject(json, snapshot, heap.target(r));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    Referrers referrers = Referrers.of(heap, object);
                    json.writeArrayPropertyStart("referrers");
                    for (int r : referrers.references()) {
                        json.writeStartObject();
                        json.writeStringProperty("label", heap.label(r));
                        HeapJson.writeObject(json, snapshot, referrers.source(r));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeArrayPropertyStart("roots");
                    for (HeapRoot root : referrers.roots()) {
                        PathJson.writeRoot(json, root);
                    }
                    json.writeEndArray();
                    if (bytes) {
                        byte[] all = new byte[heap.bytes(object)];
                        int there =
                                snapshot.memory().read(heap.address(object), all, 0, all.length);
                        json.writeStringProperty(
                                "content", HexFormat.of().formatHex(all, 0, Math.max(there, 0)));
                    }
                });
    }
}
