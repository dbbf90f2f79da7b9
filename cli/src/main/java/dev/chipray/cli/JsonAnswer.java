package dev.chipray.cli;

import dev.chipray.session.Replayed;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// One JSON document on standard output: an object that begins with its format, version, input and diagnostics, and goes
/// on with the answer.
///
/// docs/json.md describes each format; a field is never renamed or dropped within a version.
final class JsonAnswer {

    private static final int VERSION = 1;
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    /// Writes the fields of an answer.
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private JsonAnswer() {}

    /// Writes the answer of `command` about one input.
    static void write(OutputStream out, String command, Replayed replayed, Fields fields)
            throws IOException {
        write(
                out,
                command,
                json -> {
                    json.writeName("input");
                    writeInput(json, replayed);
                    writeDiagnostics(json, replayed.diagnostics());
                    fields.write(json);
                });
    }

    /// Writes the answer of `command`.
    static void write(OutputStream out, String command, Fields fields) throws IOException {
        ObjectWriteContext pretty =
                new ObjectWriteContext.Base() {
                    @Override
                    public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
                        return new DefaultPrettyPrinter()
                                .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
                    }

                    @Override
                    public boolean hasPrettyPrinter() {
                        return true;
                    }
                };
        try (JsonGenerator json = JSON.createGenerator(pretty, out)) {
            json.writeStartObject();
            json.writeStringProperty("format", "chipray." + command);
            json.writeNumberProperty("version", VERSION);
            fields.write(json);
            json.writeEndObject();
        }
        out.write('\n');
    }

    static void writeInput(JsonGenerator json, Replayed replayed) {
        TraceInfo info = replayed.info();
        json.writeStartObject();
        json.writeStringProperty("name", replayed.name());
        json.writeStringProperty("unit", info.unit().name().toLowerCase(Locale.ROOT));
        writeKnown(json, "block_size", info.blockSize());
        writeKnown(json, "heap_blocks", info.heapBlocks());
        json.writeStringProperty("time_unit", info.timeUnit().name().toLowerCase(Locale.ROOT));
        json.writeNumberProperty("events", replayed.replay().events());
        json.writeNumberProperty("allocations", replayed.replay().allocations());
        json.writeNumberProperty("implied_frees", replayed.replay().impliedFrees());
        json.writeNumberProperty("unmatched_frees", replayed.replay().unmatchedFrees());
        json.writeEndObject();
    }

    static void writeDiagnostics(JsonGenerator json, List<Diagnostic> diagnostics) {
        json.writeArrayPropertyStart("diagnostics");
        for (Diagnostic diagnostic : diagnostics) {
            json.writeStartObject();
            json.writeStringProperty(
                    "severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
            json.writeStringProperty("where", diagnostic.where());
            json.writeStringProperty("message", diagnostic.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// A number, or null where 0 means that nobody told.
    static void writeKnown(JsonGenerator json, String name, long value) {
        if (value == 0) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value);
        }
    }
}
