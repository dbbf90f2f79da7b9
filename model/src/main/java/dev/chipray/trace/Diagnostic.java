package dev.chipray.trace;

/// Trouble in a part of an input, kept beside the result; never thrown, never dropped.
///
/// @param severity how much of the answer it puts in doubt
/// @param where    the place in the words of the input: `line 120`, `byte 0x4f0`, `event 17`; empty for all of it
/// @param message  one sentence for the user
public record Diagnostic(Severity severity, String where, String message) {

    /// How much of the answer a diagnostic puts in doubt.
    public enum Severity {
        /// Worth knowing; the answer holds.
        NOTE,
        /// Part of the answer may be missing or estimated.
        WARNING,
        /// Part of the input could not be used at all.
        ERROR
    }

    public static Diagnostic note(String where, String message) {
        return new Diagnostic(Severity.NOTE, where, message);
    }

    public static Diagnostic warning(String where, String message) {
        return new Diagnostic(Severity.WARNING, where, message);
    }

    public static Diagnostic error(String where, String message) {
        return new Diagnostic(Severity.ERROR, where, message);
    }
}
