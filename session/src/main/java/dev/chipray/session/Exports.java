package dev.chipray.session;

import dev.chipray.analysis.AllocatorFrames;
import dev.chipray.analysis.Metric;
import dev.chipray.analysis.StackTotals;
import dev.chipray.export.AllocationExport;
import dev.chipray.export.AllocationFormat;
import dev.chipray.export.AllocationFormats;
import dev.chipray.export.ExportOptions;
import dev.chipray.recording.RecordingWriter;
import dev.chipray.trace.UnsupportedInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an allocation input can be written as: every foreign format, and the recording itself.
public final class Exports {

    /// A format as `export --list` shows it.
    ///
    /// @param id          the name for `--to`
    /// @param description what it is and what opens it
    /// @param extension   the usual end of a file's name, with its dot
    /// @param usesMetric  whether a metric makes a difference
    public record Listed(String id, String description, String extension, boolean usesMetric) {}

    private static final Listed RECORDING =
            new Listed("chipray", "Chipray's own recording; also an input", ".chipray", false);

    private Exports() {}

    /// All formats, the recording first.
    public static List<Listed> all() {
        return Stream.concat(
                        Stream.of(RECORDING),
                        AllocationFormats.all().stream()
                                .map(format ->
                                        new Listed(
                                                format.id(),
                                                format.description(),
                                                format.extension(),
                                                format.usesMetric())))
                .toList();
    }

    /// Writes all of `session` to `out` in the format called `id`; `out` stays open.
    ///
    /// @throws UnsupportedInputException where there is no such format
    public static Replayed write(
            AllocationSession session,
            String id,
            Metric metric,
            AllocatorFrames allocator,
            OutputStream out)
            throws IOException {
        if (id.equals(RECORDING.id())) {
            return record(session, out);
        }
        AllocationFormat format = AllocationFormats.of(id).orElseThrow(() -> unknown(id));
        AllocationExport export =
                format.writer()
                        .begin(
                                session.stacks(),
                                session.info(),
                                new ExportOptions(metric, allocator, StackTotals.TEMPORARY_EVENTS),
                                out);
        Replayed replayed = session.replay(export.listeners());
        export.finish(replayed.replay(), replayed.info());
        return replayed;
    }

    private static Replayed record(AllocationSession session, OutputStream out) throws IOException {
        FollowedSource followed = session.follow(List.of());
        RecordingWriter writer =
                new RecordingWriter(
                        Channels.newChannel(new Unclosed(out)), session.stacks(), session.info());
        try (writer) {
            writer.metadata(RecordingWriter.INPUT, session.name());
            writer.recordAll(followed);
        }
        return followed.replayed();
    }

    private static UnsupportedInputException unknown(String id) {
        return new UnsupportedInputException(
                "no format is called '" + id + "'",
                "the formats are "
                        + all().stream().map(Listed::id).collect(Collectors.joining(", ")));
    }

    /// Keeps the writer of a recording, which closes its channel, from closing what the caller still needs.
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
