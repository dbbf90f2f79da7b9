package dev.chipray.cli;

import dev.chipray.session.StubProbe;
import dev.chipray.session.StubReport;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `target`: what a debug stub can do.
@Command(
        name = "target",
        description = {
            "Shows what a debug stub can do, how long a round trip to it takes, and what that means for live captures.",
            "The target is left as it was found."
        },
        mixinStandardHelpOptions = true)
final class TargetCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--gdb",
            required = true,
            paramLabel = "ENDPOINT",
            description =
                    "HOST:PORT, unix:PATH, serial:DEVICE@BAUD, exec:COMMAND, openocd, jlink or qemu.")
    String endpoint = "";

    @Option(
            names = "--timeout",
            paramLabel = "MS",
            description = "How long the stub may take for an answer (default: ${DEFAULT-VALUE}).")
    int timeoutMillis = 5_000;

    TargetCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (timeoutMillis <= 0) {
            throw new UsageException("--timeout is above 0");
        }
        StubReport report;
        try {
            report = StubProbe.probe(endpoint, timeoutMillis);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        print(report);
        return ExitStatus.ANSWERED;
    }

    private void print(StubReport report) {
        PrintStream out = console.out();
        out.println(console.strong(report.stub() + " at " + Text.printable(report.endpoint())));
        line("architecture", or(report.architecture(), "not told"));
        line(
                "found",
                report.foundRunning()
                        .map(running -> running ? "running" : "halted")
                        .orElse("halted by connecting; not told whether it ran"));
        line("registers", report.registers() == 0 ? "not described" : "" + report.registers());
        line("threads", "" + report.threads());
        line("packets", packets(report));
        line("breakpoints", or(String.join(", ", report.breakpoints()), "none"));
        line("memory map", or(String.join("; ", report.memoryMap()), "none"));
        line("binary memory", or(String.join(", ", report.binaryMemory()), "no"));
        out.println();
        line("round trip", String.format(Locale.ROOT, "%.0f µs", report.roundTripMicros()));
        line(
                "sent ahead",
                String.format(Locale.ROOT, "%,.0f requests/s", report.requestsPerSecond()));
        line(
                "memory",
                report.readBytesPerSecond() == 0
                        ? "not measured: nothing could be read at the stack pointer"
                        : String.format(
                                Locale.ROOT,
                                "%.1f MiB/s",
                                report.readBytesPerSecond() / (1 << 20)));
        line(
                "pauses",
                report.pausesPerSecond()
                        .map(rate -> String.format(Locale.ROOT, "%,.0f a second", rate))
                        .orElse("not measured: the target did not run"));
        out.println();
        line(
                "record alloc",
                String.format(
                        Locale.ROOT,
                        "at most %,.0f events/s by breakpoints, as far as the link goes",
                        report.allocationEvents()));
        line(
                "record cpu",
                String.format(
                        Locale.ROOT,
                        "at most %,.0f samples/s with 2 KiB of stack",
                        report.stackSamples()));
    }

    private static String packets(StubReport report) {
        return report.packetSize()
                + " bytes, "
                + (report.acknowledgements() ? "acknowledged" : "not acknowledged");
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    private void line(String name, String value) {
        console.out().println(String.format(Locale.ROOT, "  %-14s", name) + Text.printable(value));
    }
}
