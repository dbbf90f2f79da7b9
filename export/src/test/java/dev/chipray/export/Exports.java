package dev.chipray.export;

import dev.chipray.testkit.EventScript;
import dev.chipray.trace.AllocationReplay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Exports scripted events.
final class Exports {

    private Exports() {}

    static byte[] bytes(EventScript script, String format, ExportOptions options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AllocationExport export =
                AllocationFormats.of(format)
                        .orElseThrow()
                        .writer()
                        .begin(script.stacks(), script.info(), options, out);
        AllocationReplay replay = new AllocationReplay(export.listeners());
        script.readAll(replay);
        try {
            export.finish(replay, script.info());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    static String text(EventScript script, String format) {
        return text(script, format, ExportOptions.DEFAULT);
    }

    static String text(EventScript script, String format, ExportOptions options) {
        return new String(bytes(script, format, options), StandardCharsets.UTF_8);
    }
}
