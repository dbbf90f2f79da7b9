package dev.chipray.capture;

import dev.chipray.bytes.UnsupportedException;
import dev.chipray.capture.internal.BreakpointMethod;
import dev.chipray.capture.internal.FirmwareMatch;
import dev.chipray.capture.internal.LoadAddress;
import dev.chipray.capture.internal.Program;
import dev.chipray.recording.RecordingWriter;
import dev.chipray.symbols.Symbolizer;
import dev.chipray.target.TargetException;
import dev.chipray.target.rsp.RspTarget;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Records the allocations of a target; for one thread.
///
/// Trouble with the target ends the capture and is in its result and in the recording, which then holds what came before.
public final class AllocationCapture {

    private static final long FLUSH_MILLIS = 1_000;
    private static final long SLICE_MILLIS = 100;

    private final RspTarget target;
    private final Symbolizer symbolizer;
    private final AllocationOptions options;
    private final BooleanSupplier stopWanted;
    private final Consumer<CaptureFigures> progress;

    /// @param stopWanted asked several times a second; ends the capture as if its limit was reached
    /// @param progress   told the figures several times a second
    public AllocationCapture(
            RspTarget target,
            Symbolizer symbolizer,
            AllocationOptions options,
            BooleanSupplier stopWanted,
            Consumer<CaptureFigures> progress) {
        this.target = target;
        this.symbolizer = symbolizer;
        this.options = options;
        this.stopWanted = stopWanted;
        this.progress = progress;
    }

    /// Captures into a new file.
    ///
    /// @param input what to call the target in the recording
    /// @throws UnsupportedException where the firmware offers nothing to follow
    /// @throws IOException          where the file cannot be written
    public CaptureResult record(Path file, String input, String tool) throws IOException {
        CallStacks stacks = CallStacks.create();
        TraceInfo info = new TraceInfo(TraceInfo.Unit.BYTES, 1, 0, TraceInfo.TimeUnit.MICROSECONDS);
        try (RecordingWriter writer = RecordingWriter.create(file, stacks, info)) {
            writer.metadata(RecordingWriter.INPUT, input);
            writer.metadata(RecordingWriter.TOOL, tool);
            CaptureResult result = capture(writer, stacks);
            describe(writer, result);
            return result;
        }
    }

    private CaptureResult capture(RecordingWriter writer, CallStacks stacks) throws IOException {
        long bias = LoadAddress.bias(target, symbolizer.elf());
        Optional<String> mismatch = FirmwareMatch.mismatch(target.memory(), symbolizer.elf(), bias);
        if (mismatch.isPresent()) {
            writer.diagnostic(Diagnostic.error("", mismatch.get()));
            return new CaptureResult(
                    "none", new CaptureFigures(0, 0, 0, 0, 0), mismatch.get(), true, 0);
        }
        BreakpointMethod method =
                new BreakpointMethod(
                        target, new Program(symbolizer, bias), writer, stacks, options);
        String end;
        boolean early = false;
        try (method) {
            method.prepare();
            end = follow(method, writer);
            early = end.isEmpty();
            if (early) {
                end = method.end();
                early = !options.until().isEmpty() && !end.startsWith("reached");
            }
        } catch (TargetException e) {
            if (stopWanted.getAsBoolean()) {
                end = "stopped by the user";
            } else {
                end = String.valueOf(e.getMessage());
                early = true;
                writer.diagnostic(Diagnostic.error("", "the capture ended early: " + end));
            }
        }
        return new CaptureResult(
                method.description(), method.figures(), end, early, method.alreadyLive());
    }

    /// @return why the capture was ended from here; empty where it ended by itself
    private String follow(CaptureMethod method, RecordingWriter writer) throws IOException {
        long start = System.nanoTime();
        long flushed = start;
        while (method.capture(SLICE_MILLIS)) {
            long now = System.nanoTime();
            if ((now - flushed) / 1_000_000 >= FLUSH_MILLIS) {
                writer.flush();
                flushed = now;
            }
            progress.accept(method.figures());
            if (stopWanted.getAsBoolean()) {
                return "stopped by the user";
            }
            if (options.millis() > 0 && (now - start) / 1_000_000 >= options.millis()) {
                return "time was up";
            }
        }
        return "";
    }

    private static void describe(RecordingWriter writer, CaptureResult result) {
        CaptureFigures figures = result.figures();
        writer.metadata(RecordingWriter.CAPTURE_PREFIX + "method", result.method());
        writer.metadata(RecordingWriter.CAPTURE_PREFIX + "end", result.end());
        writer.metadata(RecordingWriter.CAPTURE_PREFIX + "early", "" + result.isEarly());
        writer.metadata(RecordingWriter.CAPTURE_PREFIX + "stops", "" + figures.stops());
        writer.metadata(
                RecordingWriter.CAPTURE_PREFIX + "stopped_us", "" + figures.stoppedNanos() / 1000);
        writer.metadata(
                RecordingWriter.CAPTURE_PREFIX + "elapsed_us", "" + figures.elapsedNanos() / 1000);
        writer.metadata(RecordingWriter.CAPTURE_PREFIX + "bytes_read", "" + figures.bytesRead());
    }
}
