package dev.chipray.target.image;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.hex.MemoryImage;
import java.util.List;
import java.util.OptionalLong;

/// What a file keeps of a target at one moment; immutable, any thread may read it.
///
/// @param memory the bytes that are in the file, and only those
/// @param threads the threads, the one that ended or was stopped first; empty when the file has no registers
/// @param entry where the program's entry point is while it runs, by which a position-independent program is found
/// @param diagnostics what could not be read
public record TargetImage(
        MemoryImage memory,
        List<ImageThread> threads,
        OptionalLong entry,
        List<Diagnostic> diagnostics) {
    public TargetImage {
        threads = List.copyOf(threads);
        diagnostics = List.copyOf(diagnostics);
    }

    /// Memory without registers.
    public static TargetImage of(MemoryImage memory) {
        return new TargetImage(memory, List.of(), OptionalLong.empty(), memory.diagnostics());
    }
}
