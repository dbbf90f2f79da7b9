package dev.chipray.capture;

import java.util.List;

/// What of a target's allocations is wanted.
///
/// @param until      names of functions at whose entry the capture ends; `repl` stands for the interpreters' prompts
/// @param millis     how long to capture, 0 for no limit
/// @param events     how many events to capture, 0 for no limit
/// @param depth      the most frames of a stack, the innermost ones
/// @param onlyLarger what is not larger than this, in blocks or bytes as the recording counts them, is left out
/// @param sites      functions; where there are any, only what happens under one of them is wanted
/// @param allocators the functions to follow; empty for those of the interpreter or the C library
public record AllocationOptions(
        List<String> until,
        long millis,
        long events,
        int depth,
        long onlyLarger,
        List<String> sites,
        List<AllocatorFunction> allocators) {

    /// More frames than any stack of a microcontroller has.
    public static final int DEFAULT_DEPTH = 256;

    public AllocationOptions {
        until = List.copyOf(until);
        sites = List.copyOf(sites);
        allocators = List.copyOf(allocators);
        if (millis < 0 || events < 0 || depth < 1 || onlyLarger < 0) {
            throw new IllegalArgumentException("limits are not negative, and a stack has a frame");
        }
    }

    /// Everything, without an end.
    public static AllocationOptions everything() {
        return new AllocationOptions(List.of(), 0, 0, DEFAULT_DEPTH, 0, List.of(), List.of());
    }

    public AllocationOptions withEvents(long most) {
        return new AllocationOptions(until, millis, most, depth, onlyLarger, sites, allocators);
    }

    public AllocationOptions withUntil(List<String> functions) {
        return new AllocationOptions(
                functions, millis, events, depth, onlyLarger, sites, allocators);
    }

    public AllocationOptions withAllocators(List<AllocatorFunction> functions) {
        return new AllocationOptions(until, millis, events, depth, onlyLarger, sites, functions);
    }
}
