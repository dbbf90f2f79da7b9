package dev.chipray.cli;

import dev.chipray.analysis.heap.Dominators;
import dev.chipray.analysis.heap.HeapGraph;
import dev.chipray.analysis.heap.PlainPaths;
import dev.chipray.analysis.heap.Referrers;
import dev.chipray.analysis.heap.RootPaths;
import dev.chipray.analysis.heap.TypeTotals;
import dev.chipray.heap.Heap;
import dev.chipray.session.heap.HeapSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `object`: one object of a heap.
@Command(
        name = "object",
        description = {
            "Shows one object of a heap: type, value, sizes, what it refers to and what refers to it.",
            "OBJECT is an address (0x20001230, inside the object is enough) or a path (app.cache['x'][3])."
        },
        mixinStandardHelpOptions = true)
final class ObjectCommand implements Callable<Integer> {
    private static final int VALUE_LIMIT = 2000;
    private static final int CELL_LIMIT = 120;

    private final Console console;

    @Parameters(index = "0", paramLabel = "DUMP", description = "As for the command heap.")
    Path dump = Path.of("");

    @Parameters(index = "1", paramLabel = "OBJECT", description = "An address or a path.")
    String wanted = "";

    @Mixin final HeapOptions options = new HeapOptions();

    @Option(
            names = "--bytes",
            description = "Print the bytes of its blocks, with those of its parts.")
    boolean bytes;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "References to show each way (default: ${DEFAULT-VALUE}); 0 for all.")
    int limit = 40;

    @Option(names = "--json", description = "Print JSON; docs/json.md describes it.")
    boolean json;

    ObjectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        HeapSnapshot snapshot = options.open(dump).last();
        int object = HeapObjects.find(snapshot, wanted);
        if (json) {
            ObjectJson.write(console.out(), snapshot, object, bytes);
        } else {
            print(snapshot, object);
        }
        console.printDiagnostics(snapshot.diagnostics());
        return ExitStatus.ANSWERED;
    }

    private void line(String name, String value) {
        console.out().printf("%-11s %s%n", name, Text.printable(value));
    }

    private void print(HeapSnapshot snapshot, int object) {
        Heap heap = snapshot.heap();
        console.out().println(console.strong(HeapWords.object(heap, object)));
        int owner = TypeTotals.owner(heap, object);
        if (owner == object && !heap.type(object).isEmpty()) {
            line("Value", snapshot.interpreter().repr(heap.address(object), VALUE_LIMIT));
        }
        long withParts = snapshot.bytesWithParts(object);
        line(
                "Size",
                Text.bytes(heap.bytes(object))
                        + (withParts > heap.bytes(object)
                                ? ", " + Text.bytes(withParts) + " with its parts"
                                : ""));
        Dominators dominators = snapshot.retained().dominators();
        if (dominators.isReached(object)) {
            line("Retains", Text.bytes(dominators.retained(object)));
            int above = dominators.immediate(object);
            HeapGraph graph = dominators.graph();
            line(
                    "Held by",
                    graph.isObject(above) ? HeapWords.object(heap, above) : graph.groupName(above));
            RootPaths.RootPath path = snapshot.paths().to(object);
            if (path != null) {
                line("Path", PlainPaths.of(path.text()));
            }
        } else {
            line(
                    "Held by",
                    "nothing that the collector follows: garbage, as far as the input shows");
        }
        references(snapshot, object);
        referrers(snapshot, object);
        if (bytes) {
            dump(snapshot, object);
        }
    }

    private void references(HeapSnapshot snapshot, int object) {
        Heap heap = snapshot.heap();
        int count = heap.endOfReferences(object) - heap.firstReference(object);
        if (count == 0) {
            return;
        }
        console.out().println();
        console.out().println(console.strong("Refers to"));
        int shown = limit == 0 ? count : Math.min(limit, count);
        Table table = new Table(List.of("label", "object", "value"), 3);
        for (int i = 0; i < shown; i++) {
            int reference = heap.firstReference(object) + i;
            int target = heap.target(reference);
            table.row(
                    Text.printable(heap.label(reference)),
                    HeapWords.brief(heap, target),
                    HeapWords.value(snapshot, target, CELL_LIMIT));
        }
        table.print(console, "  ");
        more(count - shown);
    }

    private void referrers(HeapSnapshot snapshot, int object) {
        Heap heap = snapshot.heap();
        Referrers referrers = Referrers.of(heap, object);
        if (referrers.size() == 0) {
            return;
        }
        console.out().println();
        console.out().println(console.strong("Referred to by"));
        Table table = new Table(List.of("label", "object"), 2);
        int shown = limit == 0 ? referrers.size() : Math.min(limit, referrers.size());
        int left = shown;
        for (dev.chipray.heap.HeapRoot root : referrers.roots()) {
            if (left-- > 0) {
                String kind = HeapWords.kind(root.kind());
                table.row(Text.printable(PlainPaths.of(root.name())), kind);
            }
        }
        for (int reference : referrers.references()) {
            if (left-- > 0) {
                table.row(
                        Text.printable(heap.label(reference)),
                        HeapWords.object(heap, referrers.source(reference)));
            }
        }
        table.print(console, "  ");
        more(referrers.size() - shown);
    }

    private void more(int left) {
        if (left > 0) {
            console.out().println("  and " + Text.count(left) + " more; --limit 0 shows all");
        }
    }

    private void dump(HeapSnapshot snapshot, int object) {
        Heap heap = snapshot.heap();
        for (int i = 0; i < heap.size(); i++) {
            if (TypeTotals.owner(heap, i) == TypeTotals.owner(heap, object)
                    && (i == object || TypeTotals.owner(heap, object) == object)) {
                console.out().println();
                console.out().println(console.strong(HeapWords.brief(heap, i)));
                byte[] all = new byte[heap.bytes(i)];
                int there = snapshot.memory().read(heap.address(i), all, 0, all.length);
                HexText.print(console.out(), heap.address(i), all, there);
            }
        }
    }
}
