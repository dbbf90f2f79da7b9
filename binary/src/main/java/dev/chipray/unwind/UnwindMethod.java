package dev.chipray.unwind;

/// How a frame was found, from the most to the least trustworthy.
public enum UnwindMethod {
    /// The innermost frame: the registers say it.
    REGISTERS,
    /// By call frame information of the frame that it called.
    CFI,
    /// By Arm's table of exception handling.
    EXIDX,
    /// By what a processor or a trap handler stored when it was interrupted.
    EXCEPTION,
    /// By the instructions at the start of the function that it called.
    PROLOGUE,
    /// By a chain of frame pointers.
    FRAME_POINTER,
    /// By the next word on the stack that looks like a return address; may be a stale one.
    SCAN
}
