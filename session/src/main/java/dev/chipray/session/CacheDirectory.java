package dev.chipray.session;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where caches live: `$XDG_CACHE_HOME/chipray`, or `~/.cache/chipray`; stateless.
final class CacheDirectory {
    private CacheDirectory() {}

    /// The directory for an environment.
    ///
    /// @param xdg the value of XDG_CACHE_HOME, which counts only when it is absolute (XDG base directory specification)
    /// @param home the home directory
    static Path of(@Nullable String xdg, @Nullable String home) {
        if (xdg != null && !xdg.isEmpty()) {
            try {
                Path base = Path.of(xdg);
                if (base.isAbsolute()) {
                    return base.resolve("chipray");
                }
            } catch (InvalidPathException e) {
                // As if it were not set.
                return inHome(home);
            }
        }
        return inHome(home);
    }

    private static Path inHome(@Nullable String home) {
        return Path.of(home == null ? "." : home, ".cache", "chipray");
    }
}
