package dev.chipray.target.image;

import java.util.Map;

/// A thread of a core file; immutable.
///
/// @param id the number that the system gave it
/// @param registers the general registers by their names, unsigned
/// @param stackPointer the lowest used address of its stack
public record ImageThread(long id, Map<String, Long> registers, long stackPointer) {
    public ImageThread {
        registers = Map.copyOf(registers);
    }
}
