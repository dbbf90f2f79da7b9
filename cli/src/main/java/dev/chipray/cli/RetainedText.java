package dev.chipray.cli;

import dev.chipray.analysis.heap.Retained;
import dev.chipray.session.heap.HeapSnapshot;
import java.util.List;

/// Retained sizes as tables.
final class RetainedText {
    private final Console console;
    private final HeapSnapshot snapshot;

    RetainedText(Console console, HeapSnapshot snapshot) {
        this.console = console;
        this.snapshot = snapshot;
    }

    void modules(int most) {
        print(snapshot.retained().holders(), most, "holder");
    }

    void print(List<Retained.Holder> holders, int most, String what) {
        Table table = new Table(List.of("retained", what), 1);
        int shown = Math.min(most, holders.size());
        for (Retained.Holder holder : holders.subList(0, shown)) {
            table.row(Text.bytes(holder.bytes()), Text.printable(holder.name()));
        }
        table.print(console, "  ");
        if (shown < holders.size()) {
            console.out()
                    .println(
                            "  and "
                                    + Text.count(holders.size() - shown)
                                    + " more; --limit 0 shows all");
        }
    }
}
