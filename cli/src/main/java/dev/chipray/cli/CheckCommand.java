package dev.chipray.cli;

import dev.chipray.analysis.AllocatorFrames;
import dev.chipray.analysis.Limit;
import dev.chipray.analysis.Metric;
import dev.chipray.analysis.PathFrame;
import dev.chipray.analysis.StackTotals;
import dev.chipray.session.AllocationSession;
import dev.chipray.session.Replayed;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `check`: limits for continuous integration.
@Command(
        name = "check",
        description = {
            "Holds an input to limits; exit status 3 when one is not met.",
            "A limit is a number of blocks, or a size such as 60KiB where the size of a block is known."
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    private static final int FRAMES_SHOWN = 4;

    private final Console console;

    @Parameters(
            paramLabel = "INPUT",
            description = "A log, an allocation history or a recording; - is standard input.")
    String input = "";

    @Mixin final InputOptions inputs = new InputOptions();

    @Option(
            names = "--max-live",
            paramLabel = "N",
            converter = Amount.Converter.class,
            description = "The most that may be alive at the end.")
    @Nullable Amount maxLive;

    @Option(
            names = "--max-peak",
            paramLabel = "N",
            converter = Amount.Converter.class,
            description = "The most that may ever be alive.")
    @Nullable Amount maxPeak;

    @Option(
            names = "--max-churn",
            paramLabel = "N",
            converter = Amount.Converter.class,
            description = "The most that may be allocated and end again.")
    @Nullable Amount maxChurn;

    @Option(
            names = "--max-temporary",
            paramLabel = "N",
            converter = Amount.Converter.class,
            description = "The most that may be freed within --temporary events.")
    @Nullable Amount maxTemporary;

    @Option(
            names = "--max-path-live",
            paramLabel = "N",
            converter = Amount.Converter.class,
            description = "The same for what any one call path has alive at the end.")
    @Nullable Amount maxPathLive;

    @Option(
            names = "--max-path-peak",
            paramLabel = "N",
            converter = Amount.Converter.class,
            description = "For what any one call path held at the peak.")
    @Nullable Amount maxPathPeak;

    @Option(
            names = "--max-path-churn",
            paramLabel = "N",
            converter = Amount.Converter.class,
            description = "For what any one call path turned over.")
    @Nullable Amount maxPathChurn;

    @Option(
            names = "--temporary",
            paramLabel = "N",
            description =
                    "Allocations freed within N events are temporary (default: ${DEFAULT-VALUE}).")
    long temporaryEvents = StackTotals.TEMPORARY_EVENTS;

    @Option(names = "--json", description = "Print JSON; docs/json.md describes it.")
    boolean json;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (limits(TraceInfo.UNKNOWN_BLOCKS.withSizes(1, 0)).isEmpty()) {
            throw new UsageException("check needs at least one limit, such as --max-peak 700");
        }
        AllocationSession session = inputs.open(input);
        StackTotals totals = new StackTotals(temporaryEvents, StackTotals.NO_EVENT);
        Replayed replayed = InputOptions.replay(console, session, List.of(totals));
        List<Limit.Result> results =
                Limit.check(
                        replayed.stacks(),
                        totals,
                        AllocatorFrames.DEFAULT,
                        limits(replayed.info()));
        console.printDiagnostics(replayed.diagnostics());
        boolean met = results.stream().allMatch(Limit.Result::met);
        if (json) {
            writeJson(replayed, results, met);
        } else {
            print(new Quantity(replayed.info()), results);
        }
        return met ? ExitStatus.ANSWERED : ExitStatus.CHECK_NOT_MET;
    }

    private List<Limit> limits(TraceInfo info) {
        List<Limit> limits = new ArrayList<>();
        add(limits, info, maxLive, Metric.LIVE, false);
        add(limits, info, maxPeak, Metric.PEAK, false);
        add(limits, info, maxChurn, Metric.CHURN, false);
        add(limits, info, maxTemporary, Metric.TEMPORARY, false);
        add(limits, info, maxPathLive, Metric.LIVE, true);
        add(limits, info, maxPathPeak, Metric.PEAK, true);
        add(limits, info, maxPathChurn, Metric.CHURN, true);
        return limits;
    }

    private static void add(
            List<Limit> limits,
            TraceInfo info,
            @Nullable Amount max,
            Metric metric,
            boolean perPath) {
        if (max != null) {
            limits.add(new Limit(metric, perPath, max.in(info)));
        }
    }

    private void print(Quantity quantity, List<Limit.Result> results) {
        for (Limit.Result result : results) {
            Limit limit = result.limit();
            String subject = limit.metric().id() + (limit.perPath() ? " of any call path" : "");
            console.out()
                    .println(
                            (result.met() ? "met      " : console.strong("not met  "))
                                    + subject
                                    + ": "
                                    + quantity.of(result.actual())
                                    + ", at most "
                                    + quantity.of(limit.max())
                                    + (result.over() > 1
                                            ? "; " + Text.count(result.over()) + " paths are over"
                                            : ""));
            if (limit.perPath() && !result.met()) {
                console.out()
                        .println(
                                "         "
                                        + result.path().stream()
                                                .limit(FRAMES_SHOWN)
                                                .map(PathFrame::function)
                                                .map(Text::printable)
                                                .collect(Collectors.joining(" ← ")));
            }
        }
    }

    private void writeJson(Replayed replayed, List<Limit.Result> results, boolean met)
            throws IOException {
        JsonAnswer.write(
                console.out(),
                "check",
                replayed,
                generator -> {
                    generator.writeBooleanProperty("met", met);
                    generator.writeArrayPropertyStart("limits");
                    for (Limit.Result result : results) {
                        generator.writeStartObject();
                        generator.writeStringProperty("metric", result.limit().metric().id());
                        generator.writeBooleanProperty("per_path", result.limit().perPath());
                        generator.writeNumberProperty("max", result.limit().max());
                        generator.writeNumberProperty("actual", result.actual());
                        generator.writeNumberProperty(
                                "paths_over", result.limit().perPath() ? result.over() : 0);
                        generator.writeBooleanProperty("met", result.met());
                        ReportJson.writePath(generator, "path", result.path());
                        generator.writeEndObject();
                    }
                    generator.writeEndArray();
                });
    }
}
