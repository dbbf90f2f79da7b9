package dev.chipray.cli;

import dev.chipray.ctype.TypeLayout;
import dev.chipray.session.TypeSession;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/// `types --json`: the types that were asked for, each with its rows as a flat list, and the names that a pattern found.
final class TypesJson {

    private TypesJson() {}

    static void write(
            OutputStream out,
            TypeSession session,
            List<TypeSession.Answer> answers,
            List<String> names)
            throws IOException {
        JsonAnswer.write(
                out,
                "types",
                json -> {
                    json.writeObjectPropertyStart("input");
                    json.writeStringProperty("name", session.name());
                    json.writeEndObject();
                    JsonAnswer.writeDiagnostics(json, session.diagnostics());
                    json.writeArrayPropertyStart("types");
                    for (TypeSession.Answer answer : answers) {
                        write(json, answer);
                    }
                    json.writeEndArray();
                    json.writeArrayPropertyStart("names");
                    for (String name : names) {
                        json.writeStartObject();
                        json.writeStringProperty("name", name);
                        writeKnown(json, "size", session.size(name));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    private static void write(JsonGenerator json, TypeSession.Answer answer) {
        TypeLayout layout = answer.layout();
        json.writeStartObject();
        json.writeStringProperty("query", answer.query());
        json.writeStringProperty("type", layout.name());
        writeKnown(json, "size", layout.size());
        json.writeNumberProperty("offset", answer.offset());
        writeKnown(json, "address", answer.address());
        json.writeNumberProperty("unused", layout.padding());
        json.writeBooleanProperty("cut", layout.cut());
        json.writeArrayPropertyStart("problems");
        for (String problem : layout.problems()) {
            json.writeString(problem);
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("rows");
        for (TypeLayout.Row row : layout.rows()) {
            json.writeStartObject();
            json.writeNumberProperty("level", row.level());
            json.writeStringProperty("kind", row.kind().name().toLowerCase(Locale.ROOT));
            if (row.kind() == TypeLayout.Kind.ENUMERATOR) {
                json.writeNumberProperty("value", row.bitOffset());
            } else {
                json.writeNumberProperty("offset", row.offset());
                json.writeNumberProperty("bit", row.bit());
                json.writeNumberProperty("bits", row.bitSize());
            }
            json.writeStringProperty("name", row.name());
            json.writeStringProperty("path", row.path());
            json.writeStringProperty("type", row.type());
            json.writeStringProperty("declaration", row.declaration());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeKnown(JsonGenerator json, String name, OptionalLong value) {
        if (value.isPresent()) {
            json.writeNumberProperty(name, value.getAsLong());
        } else {
            json.writeNullProperty(name);
        }
    }
}
