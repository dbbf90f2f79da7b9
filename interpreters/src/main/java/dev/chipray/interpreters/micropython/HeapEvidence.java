package dev.chipray.interpreters.micropython;

import dev.chipray.bytes.Diagnostic;
import java.util.List;

/// How well memory fits a firmware's idea of it; immutable.
///
/// @param areas how many areas of the heap could be read
/// @param pools how many pools of interned strings could be read
/// @param problems what did not fit
public record HeapEvidence(int areas, int pools, List<Diagnostic> problems) {
    public HeapEvidence {
        problems = List.copyOf(problems);
    }

    /// Whether the interpreter's state makes sense: a heap with all its tables, and strings in unbroken order.
    public boolean holds() {
        return areas > 0 && pools > 0 && problems.isEmpty();
    }

    /// Whether there is a heap at all, damaged as it may be.
    public boolean hasHeap() {
        return areas > 0;
    }
}
