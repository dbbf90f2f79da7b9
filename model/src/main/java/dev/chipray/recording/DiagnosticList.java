package dev.chipray.recording;

import dev.chipray.trace.Diagnostic;
import java.util.ArrayList;
import java.util.List;

/// Trouble met while reading; after the first hundred only their number is kept, as damage may be without end.
final class DiagnosticList {

    private static final int KEPT = 100;

    private final List<Diagnostic> kept = new ArrayList<>();
    private long more;

    void add(Diagnostic diagnostic) {
        if (kept.size() < KEPT) {
            kept.add(diagnostic);
        } else {
            more++;
        }
    }

    void addTo(List<Diagnostic> all) {
        all.addAll(kept);
        if (more > 0) {
            all.add(Diagnostic.warning("", "%,d more places were damaged".formatted(more)));
        }
    }
}
