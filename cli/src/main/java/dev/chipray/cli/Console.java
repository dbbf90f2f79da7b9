package dev.chipray.cli;

import dev.chipray.trace.Diagnostic;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/// Where a command prints: answers to `out`, everything else to `err`, and how wide and how colourful.
///
/// @param columns width of the terminal that `out` is, or 0 where it is none
record Console(PrintStream out, PrintStream err, int columns) {

    private static final int DEFAULT_WIDTH = 100;
    private static final int MOST_DIAGNOSTICS = 20;

    /// Width of the terminal that standard output is, or 0; the launcher knows and tells.
    static int columnsOfTerminal() {
        return Integer.getInteger("chipray.columns", 0);
    }

    /// Whether `out` is a terminal.
    boolean isTerminal() {
        return columns > 0;
    }

    /// Columns to lay out for: the terminal's, or a readable width for files and pipes.
    int width() {
        return isTerminal() ? columns : DEFAULT_WIDTH;
    }

    /// Whether colours and weights may be printed: to a terminal, unless NO_COLOR is set to anything.
    boolean isStyled() {
        String noColour = System.getenv("NO_COLOR");
        return isTerminal() && (noColour == null || noColour.isEmpty());
    }

    /// The text in bold where that is wanted.
    String strong(String text) {
        return isStyled() ? "\033[1m" + text + "\033[0m" : text;
    }

    /// The text made less prominent where that is wanted.
    String faint(String text) {
        return isStyled() ? "\033[2m" + text + "\033[0m" : text;
    }

    /// Prints what went wrong in parts of the input to `err`, the first twenty in full.
    void printDiagnostics(List<Diagnostic> diagnostics) {
        int shown = Math.min(diagnostics.size(), MOST_DIAGNOSTICS);
        for (Diagnostic diagnostic : diagnostics.subList(0, shown)) {
            String where =
                    diagnostic.where().isEmpty() ? "" : Text.printable(diagnostic.where()) + ": ";
            err.println(
                    "chipray: "
                            + diagnostic.severity().name().toLowerCase(Locale.ROOT)
                            + ": "
                            + where
                            + Text.printable(diagnostic.message()));
        }
        if (diagnostics.size() > shown) {
            err.println(
                    "chipray: and " + (diagnostics.size() - shown) + " more; --json has them all");
        }
    }
}
