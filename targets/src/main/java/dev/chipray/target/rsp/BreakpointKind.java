package dev.chipray.target.rsp;

/// What stops a target at an address.
public enum BreakpointKind {
    /// An instruction replaced in memory; as many as one likes.
    SOFTWARE(0, "software breakpoint"),
    /// A comparator of the processor; a chip has a few.
    HARDWARE(1, "hardware breakpoint"),
    WRITE(2, "write watchpoint"),
    READ(3, "read watchpoint"),
    ACCESS(4, "access watchpoint");

    private final int code;
    private final String title;

    BreakpointKind(int code, String title) {
        this.code = code;
        this.title = title;
    }

    /// Its number in the protocol: `Z0` to `Z4`.
    int code() {
        return code;
    }

    /// Its name for people.
    public String title() {
        return title;
    }
}
