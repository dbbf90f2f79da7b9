package dev.chipray.target.rsp;

/// A breakpoint or watchpoint in a target, until it is closed or the target is let go.
public final class Breakpoint implements AutoCloseable {

    private final RspTarget target;
    private final Breakpoints.Inserted inserted;

    Breakpoint(RspTarget target, Breakpoints.Inserted inserted) {
        this.target = target;
        this.inserted = inserted;
    }

    /// What it became: software or hardware is up to the stub.
    public BreakpointKind kind() {
        return inserted.kind();
    }

    public long address() {
        return inserted.address();
    }

    /// Takes it out, once; the target must stand.
    @Override
    public void close() {
        target.remove(inserted);
    }
}
