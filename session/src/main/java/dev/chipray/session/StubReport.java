package dev.chipray.session;

import java.util.List;
import java.util.Optional;

/// What a debug stub can do and how fast the link to it is; figures are medians or best of what was measured.
///
/// @param endpoint            where it is
/// @param stub                which stub it seems to be
/// @param architecture        as the stub names it; empty where it does not
/// @param foundRunning        whether the target ran; empty where the stub does not tell
/// @param packetSize          bytes of the largest packet
/// @param acknowledgements    whether packets are acknowledged one by one
/// @param registers           how many registers it describes
/// @param threads             how many threads, cores or tasks it lists
/// @param breakpoints         kinds of breakpoints and watchpoints that it accepted
/// @param memoryMap           ranges of the memory map, ready to print; empty where it has none
/// @param binaryMemory        `reads`, `writes`: what it transfers without hexadecimal digits
/// @param roundTripMicros     one request and its answer
/// @param requestsPerSecond   with requests sent ahead of their answers
/// @param readBytesPerSecond  memory reads; 0 where nothing at the stack pointer could be read
/// @param pausesPerSecond     stopping and resuming a target that ran; empty where it did not run
/// @param allocationEvents    events a second that stopping at a breakpoint allows at most, by the round trip alone
/// @param stackSamples        samples a second with registers and 2 KiB of stack
public record StubReport(
        String endpoint,
        String stub,
        String architecture,
        Optional<Boolean> foundRunning,
        int packetSize,
        boolean acknowledgements,
        int registers,
        int threads,
        List<String> breakpoints,
        List<String> memoryMap,
        List<String> binaryMemory,
        double roundTripMicros,
        double requestsPerSecond,
        double readBytesPerSecond,
        Optional<Double> pausesPerSecond,
        double allocationEvents,
        double stackSamples) {}
