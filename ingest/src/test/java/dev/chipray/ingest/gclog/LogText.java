package dev.chipray.ingest.gclog;

import dev.chipray.trace.CallStacks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A log that was read, as text to compare with.
///
/// @param events   `time KIND block+size < innermost@location < ... < outermost@location`
/// @param messages `where: message` of each diagnostic
record LogText(GcLogSource source, List<String> events, List<String> messages) {

    static LogText read(String log) {
        return read(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
    }

    static LogText read(InputStream log) {
        GcLogSource source = GcLogSource.of(log);
        CallStacks stacks = source.stacks();
        List<String> events = new ArrayList<>();
        try {
            source.readAll((time, kind, block, size, stack) -> {
                StringBuilder text = new StringBuilder();
                text.append(time).append(' ').append(kind).append(' ').append(block);
                text.append('+').append(size);
                for (int frame : stacks.stacks().framesInnermostFirst(stack)) {
                    text.append(" < ").append(stacks.frames().functionName(frame));
                    text.append('@').append(stacks.frames().location(frame));
                }
                events.add(text.toString());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> messages =
                source.diagnostics().stream()
                        .map(found -> found.where() + ": " + found.message())
                        .toList();
        return new LogText(source, events, messages);
    }
}
