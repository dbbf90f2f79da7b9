package dev.chipray.cli;

import dev.chipray.analysis.AllocatorFrames;
import dev.chipray.analysis.CallTree;
import dev.chipray.analysis.CallTreeOptions;
import dev.chipray.analysis.CallTreeText;
import dev.chipray.analysis.Metric;
import dev.chipray.analysis.StackTotals;
import dev.chipray.analysis.StackWeights;
import dev.chipray.session.AllocationSession;
import dev.chipray.session.Replayed;
import dev.chipray.trace.TraceInfo;
import dev.chipray.trace.UnsupportedInputException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tree`: who holds the memory, by call path.
@Command(
        name = "tree",
        description = {
            "Shows who holds the memory, by call path, outermost caller first.",
            "Each line is file:line, function and the blocks that were allocated below it and are alive."
        },
        mixinStandardHelpOptions = true)
final class TreeCommand implements Callable<Integer> {

    private static final String PEAK = "peak";

    private final Console console;

    @Parameters(
            paramLabel = "INPUT",
            description = "A log, an allocation history or a recording; - is standard input.")
    String input = "";

    @Mixin final InputOptions inputs = new InputOptions();

    @Option(
            names = "--at",
            paramLabel = "EVENT|peak",
            description =
                    "The state after this event, counted from 0, or when the most was alive; the end otherwise.")
    @Nullable String at;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "live, peak, total, temporary, churn or count.")
    @Nullable Metric metric;

    @Option(
            names = "--bytes",
            description = "Sizes in bytes; needs --block-size where the input does not tell it.")
    boolean bytes;

    @Option(
            names = "--inverted",
            description = "Begin with what allocated, and go outwards to its callers.")
    boolean inverted;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "Levels to show; what is deeper counts for the last one.")
    int depth = CallTreeOptions.DEFAULT_DEPTH;

    @Option(
            names = "--min",
            paramLabel = "N",
            description = "Leave out what weighs less, in blocks.")
    long min;

    @Option(names = "--all-frames", description = "Show the frames of the allocator too.")
    boolean allFrames;

    @Option(names = "--json", description = "Print JSON; docs/json.md describes it.")
    boolean json;

    TreeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        StackTotals totals = new StackTotals(StackTotals.TEMPORARY_EVENTS, wantedEvent());
        AllocationSession session = inputs.open(input);
        Replayed replayed = InputOptions.replay(console, session, List.of(totals));
        StackWeights weights = weights(totals, replayed);
        CallTree tree = CallTree.of(replayed.stacks(), weights, options());
        console.printDiagnostics(replayed.diagnostics());
        if (json) {
            TreeJson.write(console.out(), replayed, tree, at == null ? "end" : at);
        } else {
            text(replayed.info(), weights.metric()).write(tree, console.out());
        }
        if (tree.depthCut() && depth == CallTreeOptions.DEFAULT_DEPTH) {
            console.err()
                    .println(
                            "chipray: note: some stacks are deeper than "
                                    + depth
                                    + " levels; --depth shows more");
        }
        return ExitStatus.ANSWERED;
    }

    private long wantedEvent() {
        if (at == null || at.toLowerCase(Locale.ROOT).equals(PEAK)) {
            return StackTotals.NO_EVENT;
        }
        if (metric != null && metric != Metric.LIVE) {
            throw new UsageException(
                    "--at EVENT shows what was alive then; it goes with no other --metric");
        }
        try {
            long event = Long.parseLong(at);
            if (event >= 0) {
                return event;
            }
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "--at takes an event's number, counted from 0, or peak; not '" + at + "'");
        }
        throw new UsageException("--at counts events from 0");
    }

    private StackWeights weights(StackTotals totals, Replayed replayed) {
        long event = wantedEvent();
        if (event != StackTotals.NO_EVENT) {
            if (totals.atMoment().event() != event) {
                throw new UnsupportedInputException(
                        replayed.name() + " has no event " + event,
                        "its " + replayed.replay().events() + " events are counted from 0");
            }
            return totals.atEvent();
        }
        if (at != null) {
            return totals.weights(Metric.PEAK);
        }
        return totals.weights(metric == null ? Metric.LIVE : metric);
    }

    private CallTreeOptions options() {
        if (depth < 1) {
            throw new UsageException("--depth is at least 1");
        }
        return new CallTreeOptions(
                allFrames ? AllocatorFrames.NONE : AllocatorFrames.DEFAULT, inverted, depth, min);
    }

    private CallTreeText text(TraceInfo info, Metric shown) {
        if (shown == Metric.COUNT) {
            return new CallTreeText("allocations", 1);
        }
        if (info.unit() == TraceInfo.Unit.BYTES) {
            return CallTreeText.bytes(1);
        }
        if (!bytes) {
            return CallTreeText.BLOCKS;
        }
        if (info.blockSize() == 0) {
            throw new UsageException(
                    "--bytes needs --block-size, which this input does not tell: 16 on most 32-bit ports, 32 on 64-bit ones");
        }
        return CallTreeText.bytes(info.blockSize());
    }
}
