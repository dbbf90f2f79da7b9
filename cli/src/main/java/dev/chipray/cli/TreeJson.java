package dev.chipray.cli;

import dev.chipray.analysis.CallTree;
import dev.chipray.session.Replayed;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;

/// `tree --json`: the nodes as a flat list, depth first, each with its parent's place in the list.
final class TreeJson {

    private TreeJson() {}

    static void write(OutputStream out, Replayed replayed, CallTree tree, String at)
            throws IOException {
        JsonAnswer.write(
                out,
                "tree",
                replayed,
                json -> {
                    json.writeStringProperty("metric", tree.metric().id());
                    json.writeStringProperty("at", at);
                    json.writeNumberProperty("total", tree.total());
                    json.writeNumberProperty("total_allocations", tree.totalAllocations());
                    json.writeBooleanProperty("depth_cut", tree.depthCut());
                    writeNodes(json, tree, replayed.info());
                });
    }

    private static void writeNodes(JsonGenerator json, CallTree tree, TraceInfo info) {
        int[] placeOf = new int[tree.size()];
        int place = 0;
        long unit = InputOptions.bytesOfUnit(info);
        json.writeArrayPropertyStart("nodes");
        for (CallTree.Row row : tree) {
            placeOf[row.node()] = place++;
            int parent = tree.parent(row.node());
            json.writeStartObject();
            if (parent == CallTree.ROOT) {
                json.writeNullProperty("parent");
            } else {
                json.writeNumberProperty("parent", placeOf[parent]);
            }
            json.writeNumberProperty("level", row.level());
            json.writeStringProperty("location", row.location());
            json.writeStringProperty("function", row.function());
            json.writeNumberProperty("weight", row.weight());
            json.writeNumberProperty("self", row.self());
            json.writeNumberProperty("allocations", row.allocations());
            if (unit > 0) {
                json.writeNumberProperty("bytes", row.weight() * unit);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
