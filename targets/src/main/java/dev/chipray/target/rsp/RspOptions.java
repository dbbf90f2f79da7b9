package dev.chipray.target.rsp;

import java.nio.ByteOrder;
import java.util.Optional;

/// How to treat a stub, beyond what it says about itself.
///
/// @param timeoutMillis how long a stub may take for an answer
/// @param byteOrder     of the target's registers; the protocol does not tell
/// @param architecture  what registers to expect of a stub that does not describe them: `arm`, `riscv:rv32`; or empty
/// @param leaveRunning  whether the target is left running; empty for as it was found
public record RspOptions(
        int timeoutMillis,
        ByteOrder byteOrder,
        String architecture,
        Optional<Boolean> leaveRunning) {

    public static final RspOptions DEFAULT =
            new RspOptions(5_000, ByteOrder.LITTLE_ENDIAN, "", Optional.empty());

    public RspOptions {
        if (timeoutMillis <= 0) {
            throw new IllegalArgumentException("a timeout is above 0");
        }
    }

    public RspOptions withTimeout(int millis) {
        return new RspOptions(millis, byteOrder, architecture, leaveRunning);
    }

    public RspOptions withByteOrder(ByteOrder order) {
        return new RspOptions(timeoutMillis, order, architecture, leaveRunning);
    }

    public RspOptions withArchitecture(String name) {
        return new RspOptions(timeoutMillis, byteOrder, name, leaveRunning);
    }

    public RspOptions withLeaveRunning(boolean running) {
        return new RspOptions(timeoutMillis, byteOrder, architecture, Optional.of(running));
    }
}
