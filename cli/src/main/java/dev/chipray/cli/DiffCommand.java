package dev.chipray.cli;

import dev.chipray.analysis.AllocatorFrames;
import dev.chipray.analysis.Metric;
import dev.chipray.analysis.PathFigures;
import dev.chipray.analysis.PathFrame;
import dev.chipray.analysis.StackTotals;
import dev.chipray.analysis.TraceDiff;
import dev.chipray.session.Replayed;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.UnsupportedInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/// `diff`: what changed between two inputs.
@Command(
        name = "diff",
        description = {
            "Compares two inputs by call path: what is new, gone, grown and shrunk.",
            "Paths are matched by file and function; lines and addresses may differ, as they do between two builds."
        },
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {

    private static final int DEFAULT_PATHS = 20;
    private static final int FRAMES_SHOWN = 4;

    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "BEFORE",
            description = "A log, an allocation history or a recording.")
    String before = "";

    @Parameters(index = "1", paramLabel = "AFTER", description = "Another one, in the same unit.")
    String after = "";

    @Mixin final InputOptions inputs = new InputOptions();

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description =
                    "What to compare by: live (default), peak, total, temporary, churn, count.")
    Metric metric = Metric.LIVE;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Paths to show (default: ${DEFAULT-VALUE}); 0 for all.")
    int limit = DEFAULT_PATHS;

    @Option(names = "--all-frames", description = "Tell paths apart by the allocator's frames too.")
    boolean allFrames;

    @Option(names = "--json", description = "Print JSON; docs/json.md describes it.")
    boolean json;

    DiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (limit < 0) {
            throw new UsageException("--limit is not negative");
        }
        StackTotals totalsBefore = new StackTotals();
        StackTotals totalsAfter = new StackTotals();
        Replayed first = InputOptions.replay(console, inputs.open(before), List.of(totalsBefore));
        Replayed second = InputOptions.replay(console, inputs.open(after), List.of(totalsAfter));
        if (first.info().unit() != second.info().unit()) {
            throw new UnsupportedInputException(
                    "one input counts blocks and the other bytes", "compare two of the same kind");
        }
        AllocatorFrames allocator = allFrames ? AllocatorFrames.NONE : AllocatorFrames.DEFAULT;
        TraceDiff diff =
                TraceDiff.of(
                        first.stacks(),
                        totalsBefore,
                        second.stacks(),
                        totalsAfter,
                        allocator,
                        metric);
        List<Diagnostic> diagnostics = new ArrayList<>();
        addNamed(diagnostics, first);
        addNamed(diagnostics, second);
        console.printDiagnostics(diagnostics);
        if (json) {
            writeJson(first, second, diff, diagnostics);
        } else {
            print(new Quantity(second.info()), diff);
        }
        return ExitStatus.ANSWERED;
    }

    private static void addNamed(List<Diagnostic> all, Replayed replayed) {
        for (Diagnostic diagnostic : replayed.diagnostics()) {
            String where =
                    diagnostic.where().isEmpty()
                            ? replayed.name()
                            : replayed.name() + ", " + diagnostic.where();
            all.add(new Diagnostic(diagnostic.severity(), where, diagnostic.message()));
        }
    }

    private void print(Quantity quantity, TraceDiff diff) {
        Table totals = new Table(List.of("before", "after", "change", ""), 1);
        for (Metric each : Metric.values()) {
            long was = diff.before().of(each);
            long is = diff.after().of(each);
            totals.row(
                    column(quantity, each, was),
                    column(quantity, each, is),
                    signed(quantity, each, is - was),
                    each.id());
        }
        console.out().println(console.strong("All of it"));
        totals.print(console, "  ");
        List<TraceDiff.Path> changed =
                diff.paths().stream().filter(path -> path.change(metric) != 0).toList();
        console.out().println();
        if (changed.isEmpty()) {
            console.out().println("No call path differs in " + metric.id() + ".");
            return;
        }
        int shown = limit == 0 ? changed.size() : Math.min(limit, changed.size());
        console.out().println(console.strong("Call paths by their change in " + metric.id()));
        Table table = new Table(List.of("before", "after", "change", "", "path"), 2);
        for (TraceDiff.Path path : changed.subList(0, shown)) {
            long was = path.before().of(metric);
            long is = path.after().of(metric);
            table.row(
                    column(quantity, metric, was),
                    column(quantity, metric, is),
                    signed(quantity, metric, is - was),
                    was == 0 ? "new" : is == 0 ? "gone" : is > was ? "grown" : "shrunk",
                    path.frames().stream()
                            .limit(FRAMES_SHOWN)
                            .map(PathFrame::function)
                            .map(Text::printable)
                            .collect(Collectors.joining(" ← ")));
        }
        table.print(console, "  ");
        if (shown < changed.size()) {
            console.out()
                    .println(
                            "  and "
                                    + Text.count(changed.size() - shown)
                                    + " more; --limit 0 shows all");
        }
    }

    private static String column(Quantity quantity, Metric metric, long value) {
        return metric == Metric.COUNT ? Text.count(value) : quantity.column(value);
    }

    private static String signed(Quantity quantity, Metric metric, long change) {
        String text = column(quantity, metric, Math.abs(change));
        return change == 0 ? "=" : (change > 0 ? "+" : "−") + text;
    }

    private void writeJson(
            Replayed first, Replayed second, TraceDiff diff, List<Diagnostic> diagnostics)
            throws IOException {
        JsonAnswer.write(
                console.out(),
                "diff",
                generator -> {
                    generator.writeName("before");
                    JsonAnswer.writeInput(generator, first);
                    generator.writeName("after");
                    JsonAnswer.writeInput(generator, second);
                    JsonAnswer.writeDiagnostics(generator, diagnostics);
                    generator.writeStringProperty("metric", metric.id());
                    writeFigures(generator, "totals_before", diff.before());
                    writeFigures(generator, "totals_after", diff.after());
                    generator.writeArrayPropertyStart("paths");
                    for (TraceDiff.Path path : diff.paths()) {
                        generator.writeStartObject();
                        ReportJson.writePath(generator, "path", path.frames());
                        writeFigures(generator, "before", path.before());
                        writeFigures(generator, "after", path.after());
                        generator.writeEndObject();
                    }
                    generator.writeEndArray();
                });
    }

    private static void writeFigures(JsonGenerator generator, String name, PathFigures figures) {
        generator.writeObjectPropertyStart(name);
        for (Metric metric : Metric.values()) {
            generator.writeNumberProperty(
                    metric.name().toLowerCase(Locale.ROOT), figures.of(metric));
        }
        generator.writeEndObject();
    }
}
