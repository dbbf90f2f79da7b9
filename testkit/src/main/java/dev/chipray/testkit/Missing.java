package dev.chipray.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Decides what a test does whose tools or files are not there: skipped with a message, or failed where CI=true.
public final class Missing {
    private Missing() {}

    /// Ends the running test. Never returns; the result type lets a caller write `throw`.
    public static RuntimeException skip(String message) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        return Assumptions.<RuntimeException>abort(message);
    }

    /// Ends the running test when a program is not on the PATH.
    public static void requireProgram(String program, String debianPackage) {
        if (!isThere(program)) {
            throw skip(program + " is not installed (Debian package " + debianPackage + ")");
        }
    }

    /// Whether a program is on the PATH.
    public static boolean isThere(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
