package dev.chipray.session;

import dev.chipray.capture.AllocationCapture;
import dev.chipray.capture.AllocationOptions;
import dev.chipray.capture.CaptureResult;
import dev.chipray.symbols.Symbolizer;
import dev.chipray.target.TargetException;
import dev.chipray.target.rsp.Endpoint;
import dev.chipray.target.rsp.RspOptions;
import dev.chipray.target.rsp.RspTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/// Records what happens on a target behind a debug stub; the target is left as it was found, whatever goes wrong.
///
/// A capture that is interrupted (Ctrl-C, TERM) ends as if its limit was reached. Used by one thread.
public final class CaptureSession {

    private final String endpoint;
    private final Path elf;
    private final int timeoutMillis;
    private final String tool;

    /// @param endpoint      where the stub is, as the command line names it
    /// @param timeoutMillis how long the stub may take for an answer
    /// @param tool          the program and version that goes into the recording
    public CaptureSession(String endpoint, Path elf, int timeoutMillis, String tool) {
        this.endpoint = endpoint;
        this.elf = elf;
        this.timeoutMillis = timeoutMillis;
        this.tool = tool;
    }

    /// Work on a target.
    private interface Work {
        CaptureResult run(RspTarget target, Symbolizer symbolizer, Interruption interruption)
                throws IOException;
    }

    /// Records allocations into `out`.
    ///
    /// @param progress told how many events there are, several times a second
    /// @throws IllegalArgumentException where the endpoint is none or the request makes no sense
    /// @throws IOException              where there is no session with the stub, or the file cannot be written
    public CaptureSummary recordAllocations(
            Path out, AllocationRequest request, LongConsumer progress) throws IOException {
        AllocationOptions options = request.options();
        return with((target, symbolizer, interruption) ->
                new AllocationCapture(
                                target,
                                symbolizer,
                                options,
                                interruption::isWanted,
                                figures -> progress.accept(figures.events()))
                        .record(out, endpoint, tool));
    }

    private CaptureSummary with(Work work) throws IOException {
        Endpoint place = Endpoint.parse(endpoint);
        try (Symbolizer symbolizer = FirmwareSession.open(elf);
                Interruption interruption = new Interruption();
                RspTarget target = RspTarget.connect(place, options(symbolizer))) {
            return CaptureSummary.of(work.run(target, symbolizer, interruption));
        } catch (TargetException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private RspOptions options(Symbolizer symbolizer) {
        RspOptions options =
                RspOptions.DEFAULT
                        .withTimeout(timeoutMillis)
                        .withByteOrder(symbolizer.elf().header().order());
        return switch (symbolizer.elf().header().machine().code()) {
            case 40 -> options.withArchitecture("arm");
            case 243 -> options.withArchitecture("riscv:rv32");
            default -> options;
        };
    }
}
