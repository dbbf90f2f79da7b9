package dev.chipray.export.internal;

import dev.chipray.trace.CallStacks;
import dev.chipray.trace.FrameTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/// The parts that every speedscope file has: its schema, exporter, and the frames that profiles name by number.
///
/// Frames must be asked for before they are written, so profiles are prepared first.
final class SpeedscopeFile {

    private static final String SCHEMA = "https://www.speedscope.app/file-format-schema.json";

    private record Frame(String name, String file, int line) {}

    private final Map<Frame, Integer> numbers = new HashMap<>();
    private final List<Frame> frames = new ArrayList<>();

    /// The number of a frame of a trace.
    int frame(CallStacks stacks, int frame) {
        FrameTable table = stacks.frames();
        String file = table.strings().get(table.file(frame));
        return number(
                new Frame(
                        table.functionName(frame),
                        file.isEmpty() ? table.location(frame) : file,
                        table.line(frame)));
    }

    /// The number of a frame that only has a name.
    int frame(String name) {
        return number(new Frame(name, "", 0));
    }

    /// The number of a frame told as text.
    int frame(String function, String location) {
        int colon = location.lastIndexOf(':');
        String line = location.substring(colon + 1);
        boolean hasLine =
                colon > 0
                        && line.length() < 10
                        && !line.isEmpty()
                        && line.chars().allMatch(SpeedscopeFile::isDigit);
        return number(
                hasLine
                        ? new Frame(function, location.substring(0, colon), Integer.parseInt(line))
                        : new Frame(function, location, 0));
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private int number(Frame frame) {
        Integer known = numbers.putIfAbsent(frame, frames.size());
        if (known != null) {
            return known;
        }
        frames.add(frame);
        return frames.size() - 1;
    }

    /// The unit's name in the schema, which has bytes but no blocks.
    static String unit(Weighing weighing) {
        return weighing.unit().equals("bytes") ? "bytes" : "none";
    }

    /// Writes a file with the profiles that `profiles` writes as elements of an array.
    void write(OutputStream out, int active, Consumer<JsonGenerator> profiles) throws IOException {
        JsonGenerator json = Json.generator(out);
        Json.writeLast(() -> {
            json.writeStartObject();
            json.writeStringProperty("$schema", SCHEMA);
            json.writeStringProperty("exporter", "chipray");
            json.writeStringProperty("name", "allocations");
            json.writeNumberProperty("activeProfileIndex", active);
            json.writeName("shared");
            writeFrames(json);
            json.writeArrayPropertyStart("profiles");
            profiles.accept(json);
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
            json.close();
        });
    }

    private void writeFrames(JsonGenerator json) {
        json.writeStartObject();
        json.writeArrayPropertyStart("frames");
        for (Frame frame : frames) {
            json.writeStartObject();
            json.writeStringProperty("name", frame.name);
            if (!frame.file.isEmpty()) {
                json.writeStringProperty("file", frame.file);
            }
            if (frame.line > 0) {
                json.writeNumberProperty("line", frame.line);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
