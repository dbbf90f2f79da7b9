package dev.chipray.cli;

import dev.chipray.analysis.AllocatorFrames;
import dev.chipray.analysis.CollectionPeriod;
import dev.chipray.analysis.CollectionPeriods;
import dev.chipray.analysis.HeapGauge;
import dev.chipray.analysis.Metric;
import dev.chipray.analysis.TimelineBins;
import dev.chipray.session.AllocationSession;
import dev.chipray.session.Exports;
import dev.chipray.session.Replayed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `timeline`: how use and holes moved.
@Command(
        name = "timeline",
        description =
                "Shows how used memory, the longest free run and the holes moved, and what each collection did.",
        mixinStandardHelpOptions = true)
final class TimelineCommand implements Callable<Integer> {

    /// More bins than a wide terminal has columns; the chart merges them.
    private static final int CHART_BINS = 512;

    private static final int JSON_BINS = 1024;
    private static final int MOST_PERIODS = 100_000;

    private final Console console;

    @Parameters(
            paramLabel = "INPUT",
            description = "A log, an allocation history or a recording; - is standard input.")
    String input = "";

    @Mixin final InputOptions inputs = new InputOptions();

    @Option(
            names = "--csv",
            description =
                    "A row for each event: time, used_blocks, live_allocations, highest_block, largest_free_run, holes.")
    boolean csv;

    @Option(names = "--json", description = "Print JSON; docs/json.md describes it.")
    boolean json;

    TimelineCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (csv && json) {
            throw new UsageException("--csv and --json are two answers; ask for one");
        }
        AllocationSession session = inputs.open(input);
        if (csv) {
            Replayed written =
                    Exports.write(
                            session,
                            "timeline-csv",
                            Metric.LIVE,
                            AllocatorFrames.DEFAULT,
                            console.out());
            console.printDiagnostics(written.diagnostics());
            return ExitStatus.ANSWERED;
        }
        TimelineBins bins = new TimelineBins(json ? JSON_BINS : CHART_BINS);
        HeapGauge gauge = new HeapGauge(session.info(), List.of(bins));
        List<CollectionPeriod> kept = new ArrayList<>();
        CollectionPeriods periods =
                new CollectionPeriods(
                        session.stacks(),
                        period -> {
                            if (kept.size() < MOST_PERIODS) {
                                kept.add(period);
                            }
                        });
        Replayed replayed = InputOptions.replay(console, session, List.of(gauge, periods));
        periods.finish();
        console.printDiagnostics(replayed.diagnostics());
        if (json) {
            TimelineJson.write(console.out(), replayed, bins.bins(), gauge.reading(), kept);
        } else {
            new TimelineText(console, replayed).print(bins.bins(), gauge.reading(), kept);
        }
        return ExitStatus.ANSWERED;
    }
}
