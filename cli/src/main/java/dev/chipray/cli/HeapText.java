package dev.chipray.cli;

import dev.chipray.analysis.heap.FreeRuns;
import dev.chipray.analysis.heap.Retained;
import dev.chipray.analysis.heap.TypeTotals;
import dev.chipray.analysis.heap.TypeTotals.TypeTotal;
import dev.chipray.heap.Heap;
import dev.chipray.interpreters.micropython.GcArea;
import dev.chipray.interpreters.micropython.GcFigures;
import dev.chipray.interpreters.micropython.MicroPython;
import dev.chipray.interpreters.micropython.ProcessorState;
import dev.chipray.interpreters.micropython.QstrPool;
import dev.chipray.session.heap.HeapSnapshot;
import java.util.Comparator;
import java.util.List;

/// The answers of `heap` as text.
final class HeapText {
    private final Console console;
    private final HeapSnapshot snapshot;
    private final MicroPython python;
    private final int limit;

    HeapText(Console console, HeapSnapshot snapshot, int limit) {
        this.console = console;
        this.snapshot = snapshot;
        this.python = snapshot.interpreter();
        this.limit = limit;
    }

    private void line(String name, String value) {
        console.out().printf("%-14s %s%n", name, Text.printable(value));
    }

    private void title(String text) {
        console.out().println();
        console.out().println(console.strong(text));
    }

    void summary(int snapshotsInFile) {
        Heap heap = snapshot.heap();
        GcFigures figures = python.figures();
        FreeRuns runs = FreeRuns.of(heap);
        console.out()
                .println(
                        console.strong(
                                (python.isCircuitPython() ? "CircuitPython" : "MicroPython")
                                        + " heap of "
                                        + Text.printable(snapshot.name())));
        line("Firmware", snapshot.firmware());
        if (!snapshot.place().isEmpty()) {
            line("Dump", snapshot.place());
        }
        if (snapshotsInFile > 1) {
            line("Snapshot", snapshot.number() + " of " + snapshotsInFile);
        }
        line("Objects as", "representation " + python.representation().letter());
        line(
                "Size",
                Text.bytes(figures.total())
                        + (heap.areas().size() > 1 ? " in " + heap.areas().size() + " areas" : ""));
        long used = usedBytes(heap);
        line(
                "Used",
                "%s (%s) by %s allocations"
                        .formatted(
                                Text.bytes(used),
                                Text.percent((double) used / Math.max(1, figures.total())),
                                Text.count(heap.size())));
        line(
                "Free",
                "%s in %s holes, the longest %s"
                        .formatted(
                                Text.bytes(runs.bytes()),
                                Text.count(runs.holes().size()),
                                Text.bytes(runs.largest())));
        line("Explained", explained(heap, used));
        liveness();
        title("Largest types, with what belongs to their objects");
        printTypes(TypeTotals.of(heap), Math.min(limit == 0 ? 10 : limit, 10), false);
        title("What keeps most alive");
        new RetainedText(console, snapshot)
                .modules(Math.min(limit == 0 ? Integer.MAX_VALUE : limit, 10));
    }

    private void liveness() {
        Retained retained = snapshot.retained();
        long reached = retained.reached();
        long used = usedBytes(snapshot.heap());
        boolean sure =
                snapshot.processor().stackPointer() != 0 && !snapshot.processor().estimated();
        line(
                "Reached",
                "%s from roots, %s from none (garbage not yet collected)%s"
                        .formatted(
                                Text.bytes(reached),
                                Text.bytes(used - reached),
                                sure ? "" : "; an estimate, see Stack"));
        line("Stack", stack());
    }

    private String stack() {
        ProcessorState processor = snapshot.processor();
        if (processor.stackPointer() == 0) {
            return "not searched: neither the stack pointer nor the stack's size is known; give --stack-pointer";
        }
        if (processor.estimated()) {
            return "all of its room from 0x%x is searched, stale words too; --stack-pointer makes it exact"
                    .formatted(processor.stackPointer());
        }
        return "searched from 0x%x".formatted(processor.stackPointer())
                + (processor.registers().isEmpty()
                        ? "; registers are not known"
                        : ", and registers");
    }

    static long usedBytes(Heap heap) {
        long used = 0;
        for (int i = 0; i < heap.size(); i++) {
            used += heap.bytes(i);
        }
        return used;
    }

    private static String explained(Heap heap, long used) {
        long known = 0;
        for (int i = 0; i < heap.size(); i++) {
            known += heap.isKnown(i) ? heap.bytes(i) : 0;
        }
        return "%s of the used bytes have a type or an owner"
                .formatted(Text.percent((double) known / Math.max(1, used)));
    }

    void map() {
        console.out().print(python.classicMap());
        console.out()
                .println(
                        "h other head  = tail  . free  m marked  T tuple  L list  D dict  S str, bytes  A bytearray,"
                                + " array  F float  B function  M module");
    }

    void structure() {
        console.out().println(console.strong("Structure"));
        line("mp_state_ctx", "0x%x".formatted(python.contextAddress()));
        line("Stack top", "0x%x".formatted(python.stackTop()));
        for (GcArea area : python.areas()) {
            title("Area " + area.index());
            long finaliserBytes = (area.blocks() + 7L) / 8;
            line("Allocations", range(area.allocationTable(), area.allocationTableBytes()));
            table("Finalisers", area.finaliserTable(), finaliserBytes);
            table("Weak refs", area.weakrefTable(), finaliserBytes);
            table("Collect", area.collectTable(), finaliserBytes);
            line("Pool", range(area.poolStart(), area.poolEnd() - area.poolStart()));
            line(
                    "Blocks",
                    "%s of %d bytes, %s allocatable"
                            .formatted(
                                    Text.count(area.blocks()),
                                    area.blockSize(),
                                    Text.bytes((long) area.blocks() * area.blockSize())));
        }
    }

    private void table(String name, long address, long bytes) {
        line(name, address == 0 ? "this firmware has no such table" : range(address, bytes));
    }

    private static String range(long start, long bytes) {
        return "0x%x to 0x%x, %d bytes".formatted(start, start + bytes, bytes);
    }

    void types() {
        console.out().println(console.strong("Types, with what belongs to their objects"));
        printTypes(TypeTotals.of(snapshot.heap()), limit, true);
        List<MicroPython.UnknownPointer> unknown = python.unknownPointers(snapshot.heap());
        if (!unknown.isEmpty()) {
            title("Allocations that nobody knows, by their first word");
            Table table = new Table(List.of("count", "bytes", "word", "points to"), 1);
            for (MicroPython.UnknownPointer one : unknown) {
                table.row(
                        Text.count(one.count()),
                        Text.count(one.bytes()),
                        "0x%x".formatted(one.word()),
                        Text.printable(one.symbol()));
            }
            table.print(console, "  ");
        }
    }

    private void printTypes(List<TypeTotal> totals, int most, boolean own) {
        Table table =
                own
                        ? new Table(List.of("count", "own", "parts", "bytes", "type"), 1)
                        : new Table(List.of("count", "bytes", "type"), 1);
        int shown = most == 0 ? totals.size() : Math.min(most, totals.size());
        for (TypeTotal total : totals.subList(0, shown)) {
            String type = total.type().isEmpty() ? "(unknown)" : Text.printable(total.type());
            if (own) {
                table.row(
                        Text.count(total.count()),
                        Text.bytes(total.own()),
                        Text.bytes(total.parts()),
                        Text.bytes(total.all()),
                        type);
            } else {
                table.row(Text.count(total.count()), Text.bytes(total.all()), type);
            }
        }
        table.print(console, "  ");
        more(totals.size() - shown);
    }

    private void more(int left) {
        if (left > 0) {
            console.out().println("  and " + Text.count(left) + " more; --limit 0 shows all");
        }
    }

    void modules() {
        console.out().println(console.strong("What keeps most alive"));
        new RetainedText(console, snapshot).modules(limit == 0 ? Integer.MAX_VALUE : limit);
    }

    void holes() {
        Heap heap = snapshot.heap();
        FreeRuns runs = FreeRuns.of(heap);
        console.out()
                .println(
                        console.strong(
                                "%s free in %s holes, the longest %s"
                                        .formatted(
                                                Text.bytes(runs.bytes()),
                                                Text.count(runs.holes().size()),
                                                Text.bytes(runs.largest()))));
        Table histogram = new Table(List.of("up to", "holes", "bytes"), 0);
        for (FreeRuns.Bucket bucket : runs.histogram()) {
            histogram.row(
                    Text.bytes(bucket.upTo()),
                    Text.count(bucket.holes()),
                    Text.bytes(bucket.bytes()));
        }
        histogram.print(console, "  ");
        title("Longest");
        Table table = new Table(List.of("bytes", "address", "between", "and"), 2);
        List<FreeRuns.Hole> sorted =
                runs.holes().stream()
                        .sorted(Comparator.comparingLong(hole -> -hole.bytes()))
                        .toList();
        int shown = limit == 0 ? sorted.size() : Math.min(limit, sorted.size());
        for (FreeRuns.Hole hole : sorted.subList(0, shown)) {
            table.row(
                    Text.bytes(hole.bytes()),
                    "0x%x".formatted(hole.address()),
                    neighbour(heap, hole.before()),
                    neighbour(heap, hole.after()));
        }
        table.print(console, "  ");
        more(sorted.size() - shown);
    }

    private static String neighbour(Heap heap, int object) {
        return object == Heap.NONE ? "end of the area" : HeapWords.object(heap, object);
    }

    void qstrs() {
        for (QstrPool pool : python.qstrPools()) {
            console.out()
                    .println(
                            console.strong(
                                    "Pool 0x%x: %d strings from number %d, room for %d%s"
                                            .formatted(
                                                    pool.address(),
                                                    pool.length(),
                                                    pool.first(),
                                                    pool.capacity(),
                                                    pool.sorted() ? ", sorted" : "")));
            boolean inHeap = snapshot.heap().at(pool.address()) != Heap.NONE;
            if (!inHeap) {
                console.out().println("  in the firmware");
                continue;
            }
            for (int i = 0; i < pool.length(); i++) {
                long number = pool.first() + i;
                console.out()
                        .printf(
                                "  %6d  0x%08x  %s%n",
                                number,
                                python.qstrAddress(number),
                                Text.printable(python.qstr(number)));
            }
        }
    }
}
