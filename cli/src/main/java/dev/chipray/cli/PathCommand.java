package dev.chipray.cli;

import dev.chipray.analysis.heap.PlainPaths;
import dev.chipray.analysis.heap.RootPaths;
import dev.chipray.heap.Heap;
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

/// `path`: what keeps an object alive.
@Command(
        name = "path",
        description = {
            "Shows the shortest way from a root to an object: what keeps it alive.",
            "OBJECT is an address or a path, as for the command object."
        },
        mixinStandardHelpOptions = true)
final class PathCommand implements Callable<Integer> {
    private static final int VALUE_LIMIT = 60;

    private final Console console;

    @Parameters(index = "0", paramLabel = "DUMP", description = "As for the command heap.")
    Path dump = Path.of("");

    @Parameters(index = "1", paramLabel = "OBJECT", description = "An address or a path.")
    String wanted = "";

    @Mixin final HeapOptions options = new HeapOptions();

    @Option(names = "--json", description = "Print JSON; docs/json.md describes it.")
    boolean json;

    PathCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        HeapSnapshot snapshot = options.open(dump).last();
        int object = HeapObjects.find(snapshot, wanted);
        RootPaths.@Nullable RootPath path = snapshot.paths().to(object);
        if (json) {
            PathJson.write(console.out(), snapshot, object, path);
        } else if (path == null) {
            console.out()
                    .println(
                            HeapWords.object(snapshot.heap(), object)
                                    + " is not reached from any root that the collector follows");
        } else {
            print(snapshot, path);
        }
        console.printDiagnostics(snapshot.diagnostics());
        return ExitStatus.ANSWERED;
    }

    private void print(HeapSnapshot snapshot, RootPaths.RootPath path) {
        Heap heap = snapshot.heap();
        console.out().println(console.strong(Text.printable(PlainPaths.of(path.text()))));
        console.out()
                .println(
                        "  root: "
                                + HeapWords.kind(path.root().kind())
                                + (path.root().address() == 0
                                        ? ""
                                        : ", stored at 0x%x".formatted(path.root().address())));
        Table table = new Table(List.of("retains", "by", "object", "value"), 3);
        for (RootPaths.Step step : path.steps()) {
            table.row(
                    Text.bytes(snapshot.retained().bytes(step.object())),
                    Text.printable(step.label()),
                    HeapWords.brief(heap, step.object()),
                    HeapWords.value(snapshot, step.object(), VALUE_LIMIT));
        }
        table.print(console, "  ");
    }
}
