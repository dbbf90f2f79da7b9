package dev.chipray.cli;

/// What the process tells its caller; the same for every command.
final class ExitStatus {

    /// The answer was printed, with diagnostics or without.
    static final int ANSWERED = 0;

    /// There is no answer, or a live capture ended early.
    static final int NO_ANSWER = 1;

    /// The command line was not understood.
    static final int USAGE = 2;

    /// A `check` was not met.
    static final int CHECK_NOT_MET = 3;

    private ExitStatus() {}
}
