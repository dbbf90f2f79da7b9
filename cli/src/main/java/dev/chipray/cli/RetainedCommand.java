package dev.chipray.cli;

import dev.chipray.analysis.heap.PlainPaths;
import dev.chipray.analysis.heap.Retained;
import dev.chipray.analysis.heap.RootPaths;
import dev.chipray.session.heap.HeapSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/// `retained`: what keeps most of a heap alive.
@Command(
        name = "retained",
        description = {
            "Shows the objects that keep most memory alive alone, with the ways to them.",
            "Retained are the bytes that would be free if the object were gone."
        },
        mixinStandardHelpOptions = true)
final class RetainedCommand implements Callable<Integer> {
    private static final int DEFAULT_ROWS = 20;

    private final Console console;

    @Parameters(paramLabel = "DUMP", description = "As for the command heap.")
    Path dump = Path.of("");

    @Mixin final HeapOptions options = new HeapOptions();

    @Option(names = "--classes", description = "By class instead of by object; classes overlap.")
    boolean classes;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Rows to show (default: ${DEFAULT-VALUE}); 0 for all.")
    int limit = DEFAULT_ROWS;

    @Option(names = "--json", description = "Print JSON; docs/json.md describes it.")
    boolean json;

    RetainedCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (limit < 0) {
            throw new UsageException("--limit is not negative");
        }
        HeapSnapshot snapshot = options.open(dump).last();
        int most = limit == 0 ? Integer.MAX_VALUE : limit;
        if (json) {
            writeJson(snapshot, most);
        } else if (classes) {
            new RetainedText(console, snapshot).print(snapshot.retained().classes(), most, "class");
        } else {
            printObjects(snapshot, most);
        }
        console.printDiagnostics(snapshot.diagnostics());
        return ExitStatus.ANSWERED;
    }

    private static @Nullable String path(HeapSnapshot snapshot, int object) {
        RootPaths.RootPath path = snapshot.paths().to(object);
        return path == null ? null : PlainPaths.of(path.text());
    }

    private void printObjects(HeapSnapshot snapshot, int most) {
        Table table = new Table(List.of("retained", "own", "object", "path"), 2);
        for (int object : snapshot.retained().largest(most)) {
            String path = path(snapshot, object);
            table.row(
                    Text.bytes(snapshot.retained().bytes(object)),
                    Text.bytes(snapshot.heap().bytes(object)),
                    HeapWords.brief(snapshot.heap(), object),
                    path == null ? "" : Text.printable(path));
        }
        table.print(console, "");
    }

    private void writeJson(HeapSnapshot snapshot, int most) throws IOException {
        JsonAnswer.write(
                console.out(),
                "retained",
                generator -> {
                    HeapJson.writeInput(generator, snapshot);
                    Retained retained = snapshot.retained();
                    generator.writeNumberProperty("reached", retained.reached());
                    generator.writeArrayPropertyStart("objects");
                    for (int object : retained.largest(most)) {
                        generator.writeStartObject();
                        HeapJson.writeObject(generator, snapshot, object);
                        String path = path(snapshot, object);
                        if (path == null) {
                            generator.writeNullProperty("path");
                        } else {
                            generator.writeStringProperty("path", path);
                        }
                        generator.writeEndObject();
                    }
                    generator.writeEndArray();
                    writeHolders(generator, "classes", retained.classes());
                    writeHolders(generator, "holders", retained.holders());
                });
    }

    private static void writeHolders(
            JsonGenerator generator, String name, List<Retained.Holder> holders) {
        generator.writeArrayPropertyStart(name);
        for (Retained.Holder holder : holders) {
            generator.writeStartObject();
            generator.writeStringProperty("name", holder.name());
            generator.writeNumberProperty("count", holder.count());
            generator.writeNumberProperty("bytes", holder.bytes());
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }
}
