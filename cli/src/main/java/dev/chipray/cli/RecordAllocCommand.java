package dev.chipray.cli;

import dev.chipray.session.AllocationRequest;
import dev.chipray.session.CaptureSession;
import dev.chipray.session.CaptureSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `record alloc`: every allocation of a running target.
@Command(
        name = "alloc",
        description = {
            "Records every allocation, resize and free of a running target with its call stack; nothing in the firmware changes.",
            "MicroPython's and CircuitPython's heap, Lua's allocator or a malloc family, whichever the firmware has.",
            "Ctrl-C ends the recording; the target is left as it was found."
        },
        mixinStandardHelpOptions = true)
final class RecordAllocCommand implements Callable<Integer> {

    private final Console console;

    @Mixin final RecordOptions options = new RecordOptions();

    @Option(
            names = "--until",
            paramLabel = "FUNCTION",
            description =
                    "End where this C function is entered; repl stands for the interpreter's prompt.")
    List<String> until = new ArrayList<>();

    @Option(names = "--events", paramLabel = "N", description = "End after this many events.")
    long events;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "Frames of a stack to keep, the innermost ones.")
    int depth = AllocationRequest.DEFAULT_DEPTH;

    @Option(
            names = "--only-larger",
            paramLabel = "N",
            description =
                    "Leave out what is not larger, in blocks of a collected heap, else in bytes.")
    long onlyLarger;

    @Option(
            names = "--sites",
            paramLabel = "FUNCTION",
            split = ",",
            description = "Only what is allocated while one of these C functions is on the stack.")
    List<String> sites = new ArrayList<>();

    @Option(
            names = "--alloc",
            paramLabel = "NAME:size=ARG,ptr=RETURN",
            description = {
                "Follow this function in place of those known by name; repeat it for each role.",
                "Arguments count from 1. my_alloc:size=1,ptr=return  my_calloc:count=1,size=2,ptr=return",
                "my_realloc:old=1,size=2,ptr=return  my_free:ptr=1"
            })
    List<String> allocators = new ArrayList<>();

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description = "How events are seen: breakpoints. Chosen by itself when not given.")
    @Nullable String method;

    RecordAllocCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        CaptureSession session = options.session();
        Path out = options.output("alloc");
        CaptureSummary summary;
        try {
            AllocationRequest request =
                    new AllocationRequest(
                            until,
                            options.millis(),
                            events,
                            depth,
                            onlyLarger,
                            sites,
                            allocators,
                            method == null ? "" : method);
            try (CaptureProgress progress = new CaptureProgress(console, "events")) {
                summary = session.recordAllocations(out, request, progress::count);
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        CaptureText.print(console, summary, out, "events");
        return summary.isEarly() ? ExitStatus.NO_ANSWER : ExitStatus.ANSWERED;
    }
}
