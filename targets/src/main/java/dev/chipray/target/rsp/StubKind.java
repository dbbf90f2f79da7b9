package dev.chipray.target.rsp;

import dev.chipray.target.rsp.RspLink.Acknowledging;

/// Stubs that are known, and what they do differently; docs/gdb-stubs.md tells more and how each was found.
///
/// What a stub can do is asked, not looked up here. These are the facts that cannot be asked for.
public enum StubKind {
    /// Takes a packet for the acknowledgement of the one before; stops the target at any byte that comes while it runs.
    QEMU("QEMU", 64),
    GDBSERVER("gdbserver", 64),
    /// Reads its socket in pieces and keeps what it did not use, so requests may be sent ahead.
    OPENOCD("OpenOCD", 16),
    JLINK("J-Link GDB Server", 1),
    BLACK_MAGIC("Black Magic Probe", 1),
    /// Anything else is treated with the greatest care: one request at a time.
    OTHER("unknown stub", 1);

    private final String title;
    private final int requestsAhead;

    StubKind(String title, int requestsAhead) {
        this.title = title;
        this.requestsAhead = requestsAhead;
    }

    /// Its name for people.
    public String title() {
        return title;
    }

    /// How many requests it takes before their answers have been read, on a link that keeps bytes.
    int requestsAhead() {
        return requestsAhead;
    }

    /// How it wants packets acknowledged where it has no mode without.
    Acknowledging acknowledging() {
        return this == QEMU ? Acknowledging.BY_NEXT_PACKET : Acknowledging.EACH;
    }

    /// Whether a stop packet that comes unasked on connecting says that the target was running.
    boolean announcesStopOnConnecting() {
        return this == QEMU;
    }
}
