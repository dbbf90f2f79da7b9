package dev.chipray.cli;

import dev.chipray.analysis.AllocatorFrames;
import dev.chipray.analysis.Metric;
import dev.chipray.session.AllocationSession;
import dev.chipray.session.Exports;
import dev.chipray.session.OutputFile;
import dev.chipray.session.Replayed;
import dev.chipray.trace.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `export`: the input in somebody else's format.
@Command(
        name = "export",
        description =
                "Writes an input in the format of another tool, or as a recording of Chipray's.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            paramLabel = "INPUT",
            arity = "0..1",
            description = "A log, an allocation history or a recording; - is standard input.")
    @Nullable String input;

    @Mixin final InputOptions inputs = new InputOptions();

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            description = "What to write; --list names the formats.")
    @Nullable String format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The file to write; standard output without it.")
    @Nullable Path output;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description =
                    "What weighs in formats that have one weight: live, peak, total, temporary, churn or count.")
    Metric metric = Metric.LIVE;

    @Option(names = "--all-frames", description = "Keep the frames of the allocator.")
    boolean allFrames;

    @Option(names = "--list", description = "List the formats.")
    boolean list;

    @Option(names = "--json", description = "With --list: print JSON.")
    boolean json;

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            printFormats();
            return ExitStatus.ANSWERED;
        }
        if (input == null || format == null) {
            throw new UsageException(
                    "export needs an INPUT and --to FORMAT; --list names the formats");
        }
        String wanted = format;
        if (Exports.all().stream().noneMatch(known -> known.id().equals(wanted))) {
            throw new UsageException(
                    "no format is called '" + wanted + "'; --list names the formats");
        }
        AllocationSession session = inputs.open(input);
        AllocatorFrames allocator = allFrames ? AllocatorFrames.NONE : AllocatorFrames.DEFAULT;
        List<Diagnostic> diagnostics = new ArrayList<>();
        OutputFile.Writer writer =
                out -> {
                    Replayed replayed = Exports.write(session, wanted, metric, allocator, out);
                    diagnostics.addAll(replayed.diagnostics());
                };
        try (Progress _ = Progress.of(console, session::eventsRead)) {
            if (output == null) {
                writer.writeTo(console.out());
            } else {
                OutputFile.write(output, writer);
            }
        }
        console.printDiagnostics(diagnostics);
        return ExitStatus.ANSWERED;
    }

    private void printFormats() throws IOException {
        if (json) {
            JsonAnswer.write(
                    console.out(),
                    "formats",
                    generator -> {
                        generator.writeArrayPropertyStart("formats");
                        for (Exports.Listed listed : Exports.all()) {
                            generator.writeStartObject();
                            generator.writeStringProperty("id", listed.id());
                            generator.writeStringProperty("description", listed.description());
                            generator.writeStringProperty("extension", listed.extension());
                            generator.writeBooleanProperty("uses_metric", listed.usesMetric());
                            generator.writeEndObject();
                        }
                        generator.writeEndArray();
                    });
            return;
        }
        Table table = new Table(List.of("--to", "file", "--metric", "what it is"), 4);
        for (Exports.Listed listed : Exports.all()) {
            table.row(
                    listed.id(),
                    listed.extension(),
                    listed.usesMetric() ? "yes" : "",
                    listed.description());
        }
        table.print(console, "");
    }
}
