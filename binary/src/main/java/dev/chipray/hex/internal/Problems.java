package dev.chipray.hex.internal;

import dev.chipray.bytes.Diagnostic;
import java.util.ArrayList;
import java.util.List;

/// Collects diagnostics up to a limit and counts the rest, so that a file of errors does not become a list of them.
final class Problems {
    private static final int LIMIT = 100;

    private final String file;
    private final List<Diagnostic> list = new ArrayList<>();
    private long dropped;

    Problems(String file) {
        this.file = file;
    }

    void add(long line, String message) {
        if (list.size() < LIMIT) {
            list.add(Diagnostic.warning(file + ":" + line, message));
        } else {
            dropped++;
        }
    }

    List<Diagnostic> list() {
        if (dropped == 0) {
            return list;
        }
        List<Diagnostic> all = new ArrayList<>(list);
        all.add(Diagnostic.warning(file, dropped + " more problems"));
        return all;
    }
}
