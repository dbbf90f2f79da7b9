package dev.chipray.interpreters.micropython;

import java.util.Map;
import java.util.TreeMap;

/// Where the processor was when memory was read; immutable.
///
/// @param stackPointer the lowest used address of the main thread's stack, 0 when it is not known
/// @param registers the general registers by name, empty when they are not known
/// @param estimated whether the stack pointer is only the lowest address that the stack may reach
public record ProcessorState(long stackPointer, Map<String, Long> registers, boolean estimated) {
    /// Nothing is known.
    public static final ProcessorState UNKNOWN = new ProcessorState(0, Map.of(), false);

    public ProcessorState {
        registers = Map.copyOf(new TreeMap<>(registers));
    }
}
