package dev.chipray.cli;

import dev.chipray.analysis.AllocatorFrames;
import dev.chipray.analysis.Leak;
import dev.chipray.analysis.Leaks;
import dev.chipray.analysis.PathFrame;
import dev.chipray.session.Replayed;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `leaks`: what is alive at the end, by call path.
@Command(
        name = "leaks",
        description = {
            "Shows what is alive at the end, grouped by the call path that allocated it, with the ages of the oldest and",
            "the newest. A path with both old and new allocations keeps growing: look there first."
        },
        mixinStandardHelpOptions = true)
final class LeaksCommand implements Callable<Integer> {

    private static final int DEFAULT_PATHS = 10;
    private static final int DEFAULT_FRAMES = 6;

    private final Console console;

    @Parameters(
            paramLabel = "INPUT",
            description = "A log, an allocation history or a recording; - is standard input.")
    String input = "";

    @Mixin final InputOptions inputs = new InputOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Paths to show (default: ${DEFAULT-VALUE}); 0 for all.")
    int limit = DEFAULT_PATHS;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "Frames to show of each (default: ${DEFAULT-VALUE}); 0 for all.")
    int depth = DEFAULT_FRAMES;

    @Option(
            names = "--min-age",
            paramLabel = "N",
            description = "Leave out paths whose oldest is younger than N events.")
    long minAge;

    @Option(names = "--all-frames", description = "Show the frames of the allocator too.")
    boolean allFrames;

    @Option(names = "--json", description = "Print JSON; docs/json.md describes it.")
    boolean json;

    LeaksCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (limit < 0 || depth < 0 || minAge < 0) {
            throw new UsageException("--limit, --depth and --min-age are not negative");
        }
        Replayed replayed = InputOptions.replay(console, inputs.open(input), List.of());
        AllocatorFrames allocator = allFrames ? AllocatorFrames.NONE : AllocatorFrames.DEFAULT;
        List<Leak> leaks =
                Leaks.of(replayed.replay(), replayed.stacks(), allocator).stream()
                        .filter(leak -> leak.oldestAge() >= minAge)
                        .toList();
        console.printDiagnostics(replayed.diagnostics());
        if (json) {
            writeJson(replayed, leaks);
        } else {
            print(replayed, leaks);
        }
        return ExitStatus.ANSWERED;
    }

    private void print(Replayed replayed, List<Leak> leaks) {
        PrintStream out = console.out();
        Quantity quantity = new Quantity(replayed.info());
        long total = replayed.replay().live().total();
        out.println(
                console.strong(
                        "Alive at the end: "
                                + quantity.of(total)
                                + " in "
                                + Text.count(replayed.replay().live().count())
                                + " allocations, from "
                                + Text.count(leaks.size())
                                + " call paths"));
        int shown = limit == 0 ? leaks.size() : Math.min(limit, leaks.size());
        for (Leak leak : leaks.subList(0, shown)) {
            out.println();
            out.println(
                    console.strong(quantity.of(leak.size()))
                            + " in "
                            + Text.count(leak.allocations())
                            + (leak.allocations() == 1 ? " allocation" : " allocations")
                            + ", "
                            + ages(replayed.info(), leak));
            printPath(leak.path());
        }
        if (shown < leaks.size()) {
            long rest = leaks.subList(shown, leaks.size()).stream().mapToLong(Leak::size).sum();
            out.println();
            out.println(
                    "and "
                            + quantity.of(rest)
                            + " from "
                            + Text.count(leaks.size() - shown)
                            + " more paths; --limit 0 shows all");
        }
    }

    private static String ages(TraceInfo info, Leak leak) {
        Quantity quantity = new Quantity(info);
        String oldest =
                "oldest "
                        + Text.count(leak.oldestAge())
                        + " events ago ("
                        + quantity.moment(leak.oldestEvent(), leak.oldestTime())
                        + ")";
        return leak.allocations() == 1
                ? oldest
                : oldest + ", newest " + Text.count(leak.newestAge()) + " ago";
    }

    private void printPath(List<PathFrame> path) {
        int frames = depth == 0 ? path.size() : Math.min(depth, path.size());
        for (PathFrame frame : path.subList(0, frames)) {
            console.out()
                    .println(
                            "    "
                                    + Text.fit(
                                            Text.printable(frame.function())
                                                    + "  "
                                                    + console.faint(
                                                            Text.printable(frame.location())),
                                            console.isTerminal()
                                                    ? Math.max(40, console.width() - 4)
                                                    : Integer.MAX_VALUE));
        }
        if (frames < path.size()) {
            console.out().println("    … " + (path.size() - frames) + " more; --depth 0 shows all");
        }
    }

    private void writeJson(Replayed replayed, List<Leak> leaks) throws IOException {
        JsonAnswer.write(
                console.out(),
                "leaks",
                replayed,
                json -> {
                    json.writeNumberProperty("total", replayed.replay().live().total());
                    json.writeNumberProperty("total_allocations", replayed.replay().live().count());
                    json.writeArrayPropertyStart("leaks");
                    for (Leak leak : leaks) {
                        json.writeStartObject();
                        json.writeNumberProperty("size", leak.size());
                        json.writeNumberProperty("allocations", leak.allocations());
                        json.writeNumberProperty("oldest_event", leak.oldestEvent());
                        json.writeNumberProperty("oldest_time", leak.oldestTime());
                        json.writeNumberProperty("oldest_age", leak.oldestAge());
                        json.writeNumberProperty("newest_event", leak.newestEvent());
                        json.writeNumberProperty("newest_time", leak.newestTime());
                        json.writeNumberProperty("newest_age", leak.newestAge());
                        ReportJson.writePath(json, "path", leak.path());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }
}
