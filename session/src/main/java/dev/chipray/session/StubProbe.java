package dev.chipray.session;

import dev.chipray.target.MemoryRegion;
import dev.chipray.target.TargetException;
import dev.chipray.target.rsp.Breakpoint;
import dev.chipray.target.rsp.BreakpointKind;
import dev.chipray.target.rsp.Capabilities;
import dev.chipray.target.rsp.Endpoint;
import dev.chipray.target.rsp.RspOptions;
import dev.chipray.target.rsp.RspTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds out what a debug stub can do, and measures the link; leaves the target as it was found.
public final class StubProbe {

    private static final int ROUND_TRIPS = 200;
    private static final int PAUSES = 30;
    private static final int READ_BYTES = 1 << 16;
    private static final int STACK_BYTES = 2048;
    private static final double MICROS = 1e3;

    /// Round trips that an event at a breakpoint takes: the registers, then the stack together with resuming.
    private static final int TRIPS_PER_EVENT = 3;

    /// Round trips that a sample takes: the stop, the registers and the stack sent ahead, resuming.
    private static final int TRIPS_PER_SAMPLE = 3;

    private final RspTarget target;

    private StubProbe(RspTarget target) {
        this.target = target;
    }

    /// Connects to `endpoint` as the command line names it, probes, and lets go.
    ///
    /// @throws IllegalArgumentException where the text is no endpoint
    /// @throws IOException              where the stub cannot be talked to, with one line for the user
    public static StubReport probe(String endpoint, int timeoutMillis) throws IOException {
        try (RspTarget target =
                RspTarget.connect(
                        Endpoint.parse(endpoint), RspOptions.DEFAULT.withTimeout(timeoutMillis))) {
            return new StubProbe(target).run(endpoint);
        } catch (TargetException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private StubReport run(String endpoint) {
        Capabilities capabilities = target.capabilities();
        OptionalLong programCounter = OptionalLong.empty();
        OptionalLong stack = OptionalLong.empty();
        if (!target.registerLayout().registers().isEmpty()) {
            programCounter = target.readRegisters().programCounter();
            stack = target.readRegisters().stackPointer();
        }
        double roundTrip = roundTripMicros(programCounter.orElse(0));
        double requests = requestsPerSecond(programCounter.orElse(0));
        double bytes = readBytesPerSecond(stack.orElse(0));
        Optional<Double> pauses =
                capabilities.foundRunning().orElse(false)
                        ? Optional.of(pausesPerSecond())
                        : Optional.empty();
        double stackMicros = bytes == 0 ? 0 : STACK_BYTES * 1e6 / bytes;
        return new StubReport(
                endpoint,
                capabilities.kind().title(),
                target.registerLayout().architecture(),
                capabilities.foundRunning(),
                capabilities.packetSize(),
                !capabilities.noAcks(),
                target.registerLayout().registers().size(),
                target.threads().size(),
                breakpoints(programCounter, stack),
                capabilities.memoryMap().stream().map(StubProbe::text).toList(),
                binaryMemory(capabilities),
                roundTrip,
                requests,
                bytes,
                pauses,
                1e6 / (TRIPS_PER_EVENT * roundTrip + stackMicros),
                1e6 / (TRIPS_PER_SAMPLE * roundTrip + stackMicros));
    }

    private double roundTripMicros(long address) {
        byte[] word = new byte[4];
        double[] micros = new double[ROUND_TRIPS];
        for (int i = 0; i < ROUND_TRIPS; i++) {
            long start = System.nanoTime();
            int _ = target.memory().read(address, word, 0, 1);
            micros[i] = (System.nanoTime() - start) / MICROS;
        }
        Arrays.sort(micros);
        return micros[ROUND_TRIPS / 2];
    }

    private double requestsPerSecond(long address) {
        byte[] request = "m%x,4".formatted(address).getBytes(StandardCharsets.US_ASCII);
        long start = System.nanoTime();
        int answers = target.request(Collections.nCopies(ROUND_TRIPS, request)).size();
        return answers * 1e9 / (System.nanoTime() - start);
    }

    private double readBytesPerSecond(long stack) {
        byte[] into = new byte[READ_BYTES];
        // A stack ends soon on a desktop: time what is there, and not the search for its end.
        into = new byte[target.memory().read(stack & ~0xfL, into, 0, into.length)];
        double best = 0;
        for (int i = 0; i < 4; i++) {
            long start = System.nanoTime();
            int read = target.memory().read(stack & ~0xfL, into, 0, into.length);
            best = Math.max(best, read * 1e9 / (System.nanoTime() - start));
        }
        return best;
    }

    private double pausesPerSecond() {
        long start = System.nanoTime();
        for (int i = 0; i < PAUSES; i++) {
            target.resume();
            target.halt();
        }
        return PAUSES * 1e9 / (System.nanoTime() - start);
    }

    /// Tries each kind where it does no harm: the target stands, and the breakpoint is gone before it runs.
    private List<String> breakpoints(OptionalLong code, OptionalLong data) {
        List<String> accepted = new ArrayList<>();
        for (BreakpointKind kind : BreakpointKind.values()) {
            boolean isCode = kind == BreakpointKind.SOFTWARE || kind == BreakpointKind.HARDWARE;
            OptionalLong address = isCode ? code : data;
            if (address.isEmpty()) {
                continue;
            }
            int size = target.registerLayout().architecture().startsWith("i386") && isCode ? 1 : 4;
            if (isCode && target.registerLayout().architecture().startsWith("arm")) {
                size = 2;
            }
            try (Breakpoint breakpoint = target.insert(kind, address.getAsLong(), size)) {
                accepted.add(breakpoint.kind().title());
            } catch (TargetException e) {
                if (!e.isLinkSound()) {
                    throw e;
                }
            }
        }
        return accepted;
    }

    private static List<String> binaryMemory(Capabilities capabilities) {
        List<String> ways = new ArrayList<>();
        if (capabilities.binaryReads()) {
            ways.add("reads");
        }
        if (capabilities.binaryWrites()) {
            ways.add("writes");
        }
        return ways;
    }

    private static String text(MemoryRegion region) {
        return "0x%08x, 0x%x bytes, %s"
                .formatted(
                        region.start(),
                        region.length(),
                        region.kind().name().toLowerCase(Locale.ROOT));
    }
}
