package dev.chipray.target;

import java.util.OptionalLong;

/// Why a target is not running.
///
/// @param reason  what kind of stop it is
/// @param code    the signal as GDB numbers them, or the exit status where the program ended
/// @param thread  the thread that stopped, as the stub writes it (`1`, `p1.2`); empty where it does not tell
/// @param address the data address of a watchpoint; empty otherwise
public record StopEvent(Reason reason, int code, String thread, OptionalLong address) {

    /// SIGINT in GDB's numbering.
    public static final int INTERRUPTED = 2;

    /// SIGTRAP in GDB's numbering.
    public static final int TRAP = 5;

    /// What kind of stop it is.
    public enum Reason {
        /// A signal: a breakpoint or a step ([#TRAP]), an interruption, a fault.
        SIGNAL,
        /// A stub that says so explicitly stopped at a software breakpoint.
        SOFTWARE_BREAKPOINT,
        /// Likewise for a hardware breakpoint.
        HARDWARE_BREAKPOINT,
        /// A watchpoint was hit.
        WATCHPOINT,
        /// The program ended by itself.
        EXITED,
        /// The program was ended by a signal.
        KILLED
    }

    /// Whether there is still something that could run.
    public boolean isAlive() {
        return reason != Reason.EXITED && reason != Reason.KILLED;
    }
}
