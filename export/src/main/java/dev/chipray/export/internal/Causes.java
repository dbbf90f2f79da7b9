package dev.chipray.export.internal;

import dev.chipray.trace.EndCause;

/// The words that files have for [EndCause].
final class Causes {

    private Causes() {}

    /// `free`, `sweep` or `realloc`; an end that was not seen is a `free`, marked elsewhere as implied.
    static String word(EndCause cause) {
        return switch (cause) {
            case FREE, IMPLIED -> "free";
            case SWEEP -> "sweep";
            case REALLOC -> "realloc";
        };
    }
}
