package dev.chipray.bytes;

/// Trouble in a part of an input, kept beside the result instead of ending the work.
///
/// @param severity how much of the answer is touched
/// @param where file, section and offset, or address, as a reader would look for it
/// @param message one line, without the place
public record Diagnostic(Severity severity, String where, String message) {

    /// How much of the answer is touched.
    public enum Severity {
        /// Worth knowing; the answer is whole.
        INFO,
        /// A part of the answer is missing or doubtful.
        WARNING,
        /// A large part of the answer is missing.
        ERROR
    }

    /// A warning.
    public static Diagnostic warning(String where, String message) {
        return new Diagnostic(Severity.WARNING, where, message);
    }

    /// The diagnostic that stands for an error of input which was contained in a part.
    public static Diagnostic of(MalformedException e) {
        return warning(
                "%s at 0x%x".formatted(e.what(), e.offset()),
                "%s (0x%x)".formatted(e.field(), e.value()));
    }

    /// The diagnostic that stands for an unsupported part.
    public static Diagnostic of(String where, UnsupportedException e) {
        return warning(where, e.what() + "; " + e.remedy());
    }

    @Override
    public String toString() {
        return where + ": " + message;
    }
}
