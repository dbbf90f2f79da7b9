package dev.chipray.cli;

import dev.chipray.analysis.AllocationSummary;
import dev.chipray.analysis.AllocatorFrames;
import dev.chipray.analysis.StackTotals;
import dev.chipray.analysis.Summarizer;
import dev.chipray.session.AllocationSession;
import dev.chipray.session.FollowedSource;
import dev.chipray.session.OutputFile;
import dev.chipray.session.Replayed;
import dev.chipray.trace.Diagnostic;
import dev.chipray.web.HtmlReport;
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

/// `report`: everything at a glance, and the page.
@Command(
        name = "report",
        description =
                "Sums up an input on one screen, and with --html writes an interactive page that opens offline.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            paramLabel = "INPUT",
            description = "A log, an allocation history or a recording; - is standard input.")
    String input = "";

    @Mixin final InputOptions inputs = new InputOptions();

    @Option(
            names = "--html",
            paramLabel = "OUT",
            description = "Write the interactive page to this file.")
    @Nullable Path html;

    @Option(
            names = "--temporary",
            paramLabel = "N",
            description = "Allocations freed within N events count as temporary (default: 1000).")
    long temporaryEvents = StackTotals.TEMPORARY_EVENTS;

    @Option(names = "--all-frames", description = "Name the frames of the allocator too.")
    boolean allFrames;

    @Option(names = "--json", description = "Print JSON; docs/json.md describes it.")
    boolean json;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        AllocationSession session = inputs.open(input);
        Summarizer summarizer = new Summarizer(session.stacks(), session.info(), temporaryEvents);
        Replayed replayed =
                html == null
                        ? InputOptions.replay(console, session, summarizer.listeners())
                        : writePage(session, summarizer, html);
        AllocatorFrames allocator = allFrames ? AllocatorFrames.NONE : AllocatorFrames.DEFAULT;
        AllocationSummary summary =
                summarizer.summary(
                        replayed.replay(), replayed.info(), allocator, Summarizer.HOLDERS);
        console.printDiagnostics(replayed.diagnostics());
        if (json) {
            ReportJson.write(console.out(), replayed, summary);
            return ExitStatus.ANSWERED;
        }
        new SummaryText(console, summary).print(replayed.name());
        NextCommands.afterReport(console, input, replayed.info(), html);
        return ExitStatus.ANSWERED;
    }

    private Replayed writePage(AllocationSession session, Summarizer summarizer, Path file)
            throws IOException {
        FollowedSource followed = session.follow(summarizer.listeners());
        List<Diagnostic> leftOut = new ArrayList<>();
        try (Progress _ = Progress.of(console, session::eventsRead)) {
            OutputFile.write(
                    file,
                    out ->
                            leftOut.addAll(
                                    new HtmlReport(session.name())
                                            .withTemporaryEvents(temporaryEvents)
                                            .write(followed, List.of(), out)
                                            .diagnostics()));
        }
        Replayed replayed = followed.replayed();
        return new Replayed(
                replayed.name(), replayed.info(), replayed.stacks(), replayed.replay(), leftOut);
    }
}
