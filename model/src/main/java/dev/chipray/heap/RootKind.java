package dev.chipray.heap;

/// Where a root is.
public enum RootKind {
    /// A member of the interpreter's state that the collector scans.
    STATE,
    /// A variable of the firmware that the collector does not scan.
    VARIABLE,
    /// A local, an argument or a temporary of a running function of a script.
    FRAME,
    /// A word of a stack, which the collector takes for a pointer whatever it is.
    STACK,
    /// A register.
    REGISTER
}
