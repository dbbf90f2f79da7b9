package dev.chipray.capture;

/// How a capture went.
///
/// @param method      which way it was done, ready to print
/// @param figures     what it cost
/// @param end         why it ended: a limit that was reached, the end of the program, or what went wrong
/// @param isEarly     whether it ended before what the user asked for, so that something may be missing
/// @param alreadyLive allocations that were alive when it began
public record CaptureResult(
        String method, CaptureFigures figures, String end, boolean isEarly, long alreadyLive) {}
