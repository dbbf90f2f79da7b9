package dev.chipray.unwind;

/// Why an unwind ended.
public enum UnwindEnd {
    /// The last frame is the outermost one.
    OUTERMOST,
    /// The frame that comes next would be one that is there already, or the stack would grow the wrong way.
    CYCLE,
    /// The limit of frames was reached.
    LIMIT,
    /// No method found a caller.
    NO_METHOD,
    /// Stack memory that is needed is not there.
    NO_MEMORY,
    /// The interrupted code uses the process stack, and the process stack pointer is not known.
    NO_PROCESS_STACK_POINTER
}
