package dev.chipray.export.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// How this package writes JSON: streaming, compact, leaving the stream open, with trouble of the stream as it was.
final class Json {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private Json() {}

    static JsonGenerator generator(OutputStream out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    /// Writes something with a generator.
    @FunctionalInterface
    interface Part {
        void write();
    }

    /// Writes a part while events are replayed.
    static void write(Part part) {
        try {
            part.write();
        } catch (JacksonIOException e) {
            throw new UncheckedIOException(e.getCause());
        }
    }

    /// Writes a part at the end.
    static void writeLast(Part part) throws IOException {
        try {
            part.write();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }
}
