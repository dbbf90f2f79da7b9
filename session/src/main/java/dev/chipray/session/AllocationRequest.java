package dev.chipray.session;

import dev.chipray.capture.AllocationOptions;
import dev.chipray.capture.AllocatorFunction;
import java.util.List;

/// A live capture of allocations as the user wants it; AllocationOptions says what each part means.
///
/// @param allocators functions to follow as the command line writes them; empty for those known by name
/// @param method     how events are to be seen; empty to choose by what the target can do
public record AllocationRequest(
        List<String> until,
        long millis,
        long events,
        int depth,
        long onlyLarger,
        List<String> sites,
        List<String> allocators,
        String method) {

    /// More frames than any stack of a microcontroller has.
    public static final int DEFAULT_DEPTH = AllocationOptions.DEFAULT_DEPTH;

    /// @throws IllegalArgumentException with a line for the user where something in it makes no sense
    AllocationOptions options() {
        if (!method.isEmpty() && !method.equals("breakpoints")) {
            throw new IllegalArgumentException(
                    "there is no method '" + method + "'; the methods are: breakpoints");
        }
        return new AllocationOptions(
                until,
                millis,
                events,
                depth,
                onlyLarger,
                sites,
                allocators.stream().map(AllocatorFunction::parse).toList());
    }
}
