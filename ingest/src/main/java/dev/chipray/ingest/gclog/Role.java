package dev.chipray.ingest.gclog;

import java.util.Map;

/// What a function of the interpreter's collector means for an event that has it in its stack.
///
/// The names are those of py/gc.c in MicroPython and CircuitPython from 2018 on.
enum Role {
    NONE,
    /// Called for every change of the heap; where the breakpoint is.
    HOOK,
    ALLOCATE,
    RESIZE,
    FREE,
    SWEEP;

    private static final Map<String, Role> BY_FUNCTION =
            Map.of(
                    "gc_log_change", HOOK,
                    "gc_alloc", ALLOCATE,
                    "gc_realloc", RESIZE,
                    "gc_free", FREE,
                    "gc_sweep", SWEEP,
                    "gc_sweep_free_blocks", SWEEP,
                    "gc_sweep_run_finalisers", SWEEP,
                    "gc_sweep_all", SWEEP);

    /// The role of a function; suffixes that a compiler adds to clones (`.part.0`, `.constprop.1`) do not count.
    static Role of(String function) {
        int clone = function.indexOf('.');
        return BY_FUNCTION.getOrDefault(clone > 0 ? function.substring(0, clone) : function, NONE);
    }
}
