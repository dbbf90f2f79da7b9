package dev.chipray.cli;

import dev.chipray.trace.Diagnostic;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Diagnostics of binary files in the forms that all commands print; stateless.
final class FirmwareText {

    private FirmwareText() {}

    /// The same diagnostics as the console takes them.
    static List<Diagnostic> diagnostics(List<dev.chipray.bytes.Diagnostic> found) {
        return found.stream()
                .map(diagnostic ->
                        new Diagnostic(
                                severity(diagnostic.severity()),
                                diagnostic.where(),
                                diagnostic.message()))
                .toList();
    }

    private static Diagnostic.Severity severity(dev.chipray.bytes.Diagnostic.Severity severity) {
        return switch (severity) {
            case INFO -> Diagnostic.Severity.NOTE;
            case WARNING -> Diagnostic.Severity.WARNING;
            case ERROR -> Diagnostic.Severity.ERROR;
        };
    }

    /// Writes diagnostics as a field of the current object.
    static void writeDiagnostics(JsonGenerator out, List<dev.chipray.bytes.Diagnostic> found) {
        JsonAnswer.writeDiagnostics(out, diagnostics(found));
    }
}
