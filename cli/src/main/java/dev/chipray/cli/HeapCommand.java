package dev.chipray.cli;

import dev.chipray.session.heap.HeapSession;
import dev.chipray.session.heap.HeapSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `heap`: what is on an interpreter's heap.
@Command(
        name = "heap",
        description = {
            "Shows the heap of MicroPython or CircuitPython in a dump of RAM or a core file.",
            "Without options: what is used, by what, and how the free memory lies."
        },
        mixinStandardHelpOptions = true)
final class HeapCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            paramLabel = "DUMP",
            description = "A raw dump of RAM, Intel HEX, S-records, or a core file.")
    Path dump = Path.of("");

    @Mixin final HeapOptions options = new HeapOptions();

    @Option(names = "--map", description = "Print the map of blocks, a letter each.")
    boolean map;

    @Option(
            names = "--classic",
            description = {
                "Print what the device's own micropython.mem_info(1) prints from its GC: line on,",
                "but for 'max new split', which is not in memory."
            })
    boolean classic;

    @Option(
            names = "--structure",
            description = "Print where the interpreter's state, the areas and their tables are.")
    boolean structure;

    @Option(names = "--types", description = "Print every type with its objects and bytes.")
    boolean types;

    @Option(names = "--modules", description = "Print what each module holds.")
    boolean modules;

    @Option(names = "--holes", description = "Print the free runs by length, and the longest.")
    boolean holes;

    @Option(names = "--qstrs", description = "Print the pools of interned strings.")
    boolean qstrs;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Rows of a list to show (default: ${DEFAULT-VALUE}); 0 for all.")
    int limit = 20;

    HeapCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (limit < 0) {
            throw new UsageException("--limit is not negative");
        }
        HeapSession session = options.open(dump);
        boolean first = true;
        for (HeapSnapshot snapshot : session.snapshots()) {
            if (session.snapshots().size() > 1) {
                console.out().print(first ? "" : "\n");
                console.out()
                        .println(
                                console.strong(
                                        "Snapshot %d of %d"
                                                .formatted(
                                                        snapshot.number(),
                                                        session.snapshotsInFile())));
            }
            first = false;
            print(snapshot, session);
            console.printDiagnostics(snapshot.diagnostics());
        }
        return ExitStatus.ANSWERED;
    }

    private void print(HeapSnapshot snapshot, HeapSession session) {
        HeapText text = new HeapText(console, snapshot, limit);
        boolean part = false;
        if (classic) {
            console.out().print(snapshot.interpreter().classic());
            part = true;
        }
        if (map) {
            text.map();
            part = true;
        }
        if (structure) {
            text.structure();
            part = true;
        }
        if (types) {
            text.types();
            part = true;
        }
        if (modules) {
            text.modules();
            part = true;
        }
        if (holes) {
            text.holes();
            part = true;
        }
        if (qstrs) {
            text.qstrs();
            part = true;
        }
        if (!part) {
            text.summary(session.snapshotsInFile());
        }
    }
}
