package dev.chipray.cli;

import dev.chipray.analysis.AllocationSummary;
import dev.chipray.analysis.HeapReading;
import dev.chipray.analysis.Holder;
import dev.chipray.analysis.Moment;
import dev.chipray.analysis.PathFrame;
import dev.chipray.trace.TraceInfo;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/// The summary of an allocation trace, on one screen.
final class SummaryText {

    private static final int CALLERS_SHOWN = 3;
    private static final int LABEL_WIDTH = 15;

    private final Console console;
    private final PrintStream out;
    private final AllocationSummary summary;
    private final Quantity quantity;

    SummaryText(Console console, AllocationSummary summary) {
        this.console = console;
        this.out = console.out();
        this.summary = summary;
        this.quantity = new Quantity(summary.info());
    }

    void print(String name) {
        out.println(console.strong("Allocations of " + Text.printable(name)));
        events();
        moment("peak", summary.peak());
        moment("at the end", summary.end());
        fact(
                "turned over",
                quantity.of(summary.churn())
                        + " allocated and ended again; "
                        + quantity.of(summary.temporary())
                        + " of it within "
                        + Text.count(summary.temporaryEvents())
                        + " events");
        heap();
        holders();
    }

    private void events() {
        String clock =
                summary.info().timeUnit() == TraceInfo.TimeUnit.EVENTS
                        ? ""
                        : ", in " + quantity.time(summary.lastTime() - summary.firstTime());
        fact(
                "events",
                Text.count(summary.events())
                        + ": "
                        + plural(summary.allocateEvents(), "allocation")
                        + ", "
                        + plural(summary.resizeEvents(), "resize")
                        + ", "
                        + plural(summary.freeEvents(), "free")
                        + ", "
                        + plural(summary.sweepEvents(), "sweep")
                        + clock);
        fact(
                "collections",
                summary.collections() == 0
                        ? "none seen; garbage that nobody collected counts as alive"
                        : Text.count(summary.collections()));
    }

    private void moment(String label, Moment moment) {
        String when =
                moment.event() < 0
                        ? ""
                        : ", after " + quantity.moment(moment.event(), moment.time());
        fact(
                label,
                quantity.of(moment.size())
                        + " in "
                        + plural(moment.allocations(), "allocation")
                        + when);
    }

    private void heap() {
        HeapReading end = summary.endHeap();
        if (end == null) {
            return;
        }
        long length = end.heapEnd() - end.heapStart();
        fact(
                "heap",
                (end.endIsEstimate()
                                ? "at least "
                                        + quantity.of(length)
                                        + " (an estimate: the highest block seen; --heap-blocks tells)"
                                : quantity.of(length))
                        + "; longest free run at the end "
                        + quantity.of(end.largestFreeRun()));
        HeapReading worst = summary.worstHeap();
        fact(
                "fragmentation",
                worst == null
                        ? "none: what was free was always in one piece"
                        : "worst after "
                                + quantity.moment(worst.event(), worst.time())
                                + ": "
                                + quantity.of(worst.free())
                                + " free in "
                                + plural(worst.holes(), "hole")
                                + ", longest run "
                                + quantity.of(worst.largestFreeRun())
                                + " ("
                                + Text.percent(worst.fragmentation())
                                + " of it scattered"
                                + (worst.endIsEstimate() ? ", estimate" : "")
                                + ")");
    }

    private void holders() {
        boolean atEnd = !summary.liveHolders().isEmpty();
        List<Holder> holders = atEnd ? summary.liveHolders() : summary.peakHolders();
        Moment moment = atEnd ? summary.end() : summary.peak();
        if (holders.isEmpty()) {
            return;
        }
        out.println();
        out.println(console.strong(atEnd ? "Who holds it at the end" : "Who held it at the peak"));
        Table table =
                new Table(List.of(quantity.heading(), "share", "allocs", "line", "called by"), 2);
        for (Holder holder : holders) {
            table.row(
                    quantity.column(holder.weight()),
                    Text.percent(holder.weight() / (double) Math.max(1, moment.size())),
                    Text.count(holder.allocations()),
                    frame(holder.frame()),
                    holder.callers().stream()
                            .limit(CALLERS_SHOWN)
                            .map(caller -> Text.printable(caller.function()))
                            .collect(Collectors.joining(" ← ")));
        }
        table.print(console, "  ");
    }

    private static String frame(PathFrame frame) {
        String location = frame.location();
        int directory = Math.max(location.lastIndexOf('/'), location.lastIndexOf('\\'));
        return Text.printable(frame.function() + " " + location.substring(directory + 1));
    }

    private void fact(String label, String text) {
        String indent = " ".repeat(2 + LABEL_WIDTH);
        StringBuilder line =
                new StringBuilder(
                        "  " + label + " ".repeat(Math.max(1, LABEL_WIDTH - label.length())));
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() > console.width()
                    && line.length() > indent.length()) {
                out.println(line.toString().stripTrailing());
                line.setLength(0);
                line.append(indent);
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }

    private static String plural(long count, String noun) {
        return Text.count(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
