package dev.chipray.cli;

import dev.chipray.analysis.CollectionPeriod;
import dev.chipray.analysis.HeapReading;
import dev.chipray.analysis.SizeClass;
import dev.chipray.analysis.TimelineBin;
import dev.chipray.session.Replayed;
import java.io.PrintStream;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// The timeline as a chart of characters, then a table of what happened between collections.
final class TimelineText {

    private static final String LEVELS = " ▁▂▃▄▅▆▇█";
    private static final int CHART_HEIGHT = 8;
    private static final int STRIP_HEIGHT = 2;
    private static final int LABEL_WIDTH = 12;
    private static final int MOST_PERIODS = 12;

    private final Console console;
    private final PrintStream out;
    private final Quantity quantity;

    TimelineText(Console console, Replayed replayed) {
        this.console = console;
        this.out = console.out();
        this.quantity = new Quantity(replayed.info());
    }

    void print(List<TimelineBin> bins, HeapReading end, List<CollectionPeriod> periods) {
        if (bins.isEmpty()) {
            out.println("no events");
            return;
        }
        List<TimelineBin> columns = merged(bins, Math.max(20, console.width() - LABEL_WIDTH - 1));
        chart("used, the most in each column", columns, TimelineBin::maxUsed, CHART_HEIGHT);
        chart(
                "longest free run, the shortest in each column"
                        + (end.endIsEstimate() ? " (estimate)" : ""),
                columns,
                TimelineBin::minLargestFreeRun,
                STRIP_HEIGHT);
        chart("holes, the most in each column", columns, TimelineBin::maxHoles, STRIP_HEIGHT);
        TimelineBin last = columns.getLast();
        String right = quantity.moment(last.firstEvent() + last.events() - 1, last.endTime());
        String left =
                quantity.moment(columns.getFirst().firstEvent(), columns.getFirst().startTime());
        int gap = Math.max(1, columns.size() - left.length() - right.length());
        out.println(" ".repeat(LABEL_WIDTH) + left + " ".repeat(gap) + right);
        periods(periods);
    }

    private static List<TimelineBin> merged(List<TimelineBin> bins, int columns) {
        int perColumn = (bins.size() + columns - 1) / columns;
        return java.util.stream.IntStream.range(0, (bins.size() + perColumn - 1) / perColumn)
                .mapToObj(column ->
                        bins
                                .subList(
                                        column * perColumn,
                                        Math.min(bins.size(), (column + 1) * perColumn))
                                .stream()
                                .reduce(TimelineBin::with)
                                .orElseThrow())
                .toList();
    }

    private void chart(
            String title,
            List<TimelineBin> columns,
            ToLongFunction<TimelineBin> value,
            int height) {
        long most = columns.stream().mapToLong(value).max().orElse(0);
        out.println(console.strong(title));
        for (int row = height - 1; row >= 0; row--) {
            String label = row == height - 1 ? Text.count(most) : row == 0 ? "0" : "";
            StringBuilder line =
                    new StringBuilder(" ".repeat(Math.max(0, LABEL_WIDTH - 2 - label.length())));
            line.append(label).append(" │");
            for (TimelineBin column : columns) {
                line.append(cell(value.applyAsLong(column), most, row, height));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static char cell(long value, long most, int row, int height) {
        if (most == 0) {
            return ' ';
        }
        int steps = LEVELS.length() - 1;
        long filled =
                Math.ceilDiv(
                        Math.multiplyExact(
                                Math.min(value, Long.MAX_VALUE / 1024), (long) height * steps),
                        most);
        long here = filled - (long) row * steps;
        return LEVELS.charAt(Math.clamp(here, 0, steps));
    }

    private void periods(List<CollectionPeriod> periods) {
        out.println();
        if (periods.size() == 1 && !periods.getFirst().collected()) {
            out.println(console.strong("No collection seen; all of it"));
        } else {
            out.println(console.strong("Between collections"));
        }
        Table table =
                new Table(
                        List.of(
                                "#",
                                "events",
                                "allocs",
                                "resizes",
                                "freed",
                                "swept",
                                "took back",
                                "used at end",
                                "no 1-block",
                                "sizes"),
                        1);
        int skipped = Math.max(0, periods.size() - MOST_PERIODS);
        for (CollectionPeriod period : periods.subList(skipped, periods.size())) {
            table.row(
                    Text.count(period.number()) + (period.collected() ? "" : "*"),
                    Text.count(period.events()),
                    Text.count(period.allocations()),
                    Text.count(period.resizes()),
                    Text.count(period.freed()),
                    Text.count(period.swept()),
                    quantity.column(period.sweptSize()),
                    quantity.column(period.usedAtEnd()),
                    Text.count(period.longestWithoutSingle()),
                    sizes(period.sizes()));
        }
        table.print(console, "  ");
        if (skipped > 0) {
            out.println(
                    "  (the last "
                            + MOST_PERIODS
                            + " of "
                            + Text.count(periods.size())
                            + "; --json has all)");
        }
        if (periods.stream().anyMatch(period -> !period.collected())) {
            out.println("  * the trace ends without another collection");
        }
        out.println("  no 1-block: longest run of allocations without one of a single block");
    }

    private static String sizes(List<SizeClass> sizes) {
        return sizes.stream()
                .map(size ->
                        (size.min() == size.max()
                                        ? Text.count(size.min())
                                        : size.min() + "-" + size.max())
                                + ":"
                                + Text.count(size.count()))
                .collect(Collectors.joining(" "));
    }
}
