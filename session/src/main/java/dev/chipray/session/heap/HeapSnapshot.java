package dev.chipray.session.heap;

import dev.chipray.analysis.heap.Retained;
import dev.chipray.analysis.heap.RootPaths;
import dev.chipray.analysis.heap.TypeTotals;
import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.heap.Heap;
import dev.chipray.interpreters.micropython.MicroPython;
import dev.chipray.interpreters.micropython.ProcessorState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One heap at one moment; decoded when it is first asked for; for one thread.
public final class HeapSnapshot {
    private final String name;
    private final int number;
    private final String firmware;
    private final String place;
    private final MicroPython python;
    private final ProcessorState processor;
    private final MemoryReader memory;
    private final List<Diagnostic> diagnostics;
    private @Nullable Heap heap;
    private @Nullable Retained retained;
    private @Nullable RootPaths paths;

    HeapSnapshot(
            String name,
            int number,
            String firmware,
            String place,
            MicroPython python,
            ProcessorState processor,
            MemoryReader memory,
            List<Diagnostic> diagnostics) {
        this.name = name;
        this.number = number;
        this.firmware = firmware;
        this.place = place;
        this.python = python;
        this.processor = processor;
        this.memory = memory;
        this.diagnostics = List.copyOf(diagnostics);
    }

    /// The input's name.
    public String name() {
        return name;
    }

    /// Which snapshot of the input it is, from 1.
    public int number() {
        return number;
    }

    /// The firmware's file.
    public String firmware() {
        return firmware;
    }

    /// How the start of a raw dump was found; empty where the file says itself where its bytes were.
    public String place() {
        return place;
    }

    /// The interpreter in the dump.
    public MicroPython interpreter() {
        return python;
    }

    /// Where the processor was, as far as the input or the user told.
    public ProcessorState processor() {
        return processor;
    }

    /// The bytes of the target.
    public MemoryReader memory() {
        return memory;
    }

    /// All objects.
    public Heap heap() {
        Heap known = heap;
        if (known == null) {
            known = python.heap(processor);
            heap = known;
        }
        return known;
    }

    /// Who keeps how much alive.
    public Retained retained() {
        Retained known = retained;
        if (known == null) {
            known = Retained.of(heap());
            retained = known;
        }
        return known;
    }

    /// The shortest ways from what the collector follows.
    public RootPaths paths() {
        RootPaths known = paths;
        if (known == null) {
            known = RootPaths.of(heap(), Retained.ROOTS);
            paths = known;
        }
        return known;
    }

    /// The bytes of an object with those of its parts.
    public long bytesWithParts(int object) {
        Heap all = heap();
        long bytes = 0;
        for (int i = 0; i < all.size(); i++) {
            if (i == object || TypeTotals.owner(all, i) == object) {
                bytes += all.bytes(i);
            }
        }
        return bytes;
    }

    /// What could not be read so far.
    public List<dev.chipray.trace.Diagnostic> diagnostics() {
        List<Diagnostic> all = new ArrayList<>(diagnostics);
        all.addAll(python.diagnostics());
        return all.stream().distinct().map(HeapSnapshot::translate).toList();
    }

    private static dev.chipray.trace.Diagnostic translate(Diagnostic diagnostic) {
        dev.chipray.trace.Diagnostic.Severity severity =
                switch (diagnostic.severity()) {
                    case INFO -> dev.chipray.trace.Diagnostic.Severity.NOTE;
                    case WARNING -> dev.chipray.trace.Diagnostic.Severity.WARNING;
                    case ERROR -> dev.chipray.trace.Diagnostic.Severity.ERROR;
                };
        return new dev.chipray.trace.Diagnostic(severity, diagnostic.where(), diagnostic.message());
    }
}
