package dev.chipray.cli;

import dev.chipray.analysis.heap.PlainPaths;
import dev.chipray.analysis.heap.RootPaths;
import dev.chipray.heap.HeapRoot;
import dev.chipray.session.heap.HeapSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// `path --json`.
final class PathJson {

    private PathJson() {}

    static void write(
            OutputStream out, HeapSnapshot snapshot, int object, RootPaths.@Nullable RootPath path)
            throws IOException {
        JsonAnswer.write(
                out,
                "path",
                json -> {
                    HeapJson.writeInput(json, snapshot);
                    json.writeObjectPropertyStart("object");
                    HeapJson.writeObject(json, snapshot, object);
                    json.writeEndObject();
                    json.writeBooleanProperty("reached", path != null);
                    if (path == null) {
                        json.writeNullProperty("path");
                        json.writeNullProperty("root");
                    } else {
                        json.writeStringProperty("path", PlainPaths.of(path.text()));
                        json.writeName("root");
                        writeRoot(json, path.root());
                    }
                    json.writeArrayPropertyStart("steps");
                    if (path != null) {
                        for (RootPaths.Step step : path.steps()) {
                            json.writeStartObject();
                            json.writeStringProperty("label", step.label());
                            HeapJson.writeObject(json, snapshot, step.object());
                            json.writeEndObject();
                        }
                    }
                    json.writeEndArray();
                });
    }

    static void writeRoot(JsonGenerator json, HeapRoot root) {
        json.writeStartObject();
        json.writeStringProperty("kind", HeapJson.id(root.kind()));
        json.writeStringProperty("name", root.name());
        if (root.address() == 0) {
            json.writeNullProperty("stored_at");
        } else {
            json.writeStringProperty("stored_at", HeapJson.hex(root.address()));
        }
        json.writeEndObject();
    }
}
