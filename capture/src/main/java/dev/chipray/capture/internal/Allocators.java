package dev.chipray.capture.internal;

import dev.chipray.bytes.UnsupportedException;
import dev.chipray.capture.AllocatorFunction;
import java.util.List;

/// Decides which functions to follow where the firmware has no collected heap of MicroPython's; stateless.
final class Allocators {

    private Allocators() {}

    /// The functions that the user named, or the first family of which the firmware has one that allocates.
    static List<AllocatorFunction> choose(Program program, List<AllocatorFunction> named) {
        for (AllocatorFunction function : named) {
            if (program.function(function.name()).isEmpty()) {
                throw new UnsupportedException(
                        "the firmware has no function " + function.name(),
                        "name one that it has with --alloc; chipray elf lists them");
            }
        }
        if (!named.isEmpty()) {
            return named;
        }
        for (List<AllocatorFunction> family : AllocatorFunction.families()) {
            List<AllocatorFunction> there =
                    family.stream()
                            .filter(function -> program.function(function.name()).isPresent())
                            .toList();
            if (there.stream().anyMatch(function -> !function.role().equals("free"))) {
                return there;
            }
        }
        throw new UnsupportedException(
                "the firmware has no allocator that is known by name",
                "name its functions with --alloc NAME:size=1,ptr=return");
    }
}
