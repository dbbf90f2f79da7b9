package dev.chipray.ingest.gclog;

import dev.chipray.trace.Diagnostic;

/// What can be wrong with a part of a log, and how the user is told.
enum Trouble {
    UNUSABLE_NUMBERS(
            Diagnostic.Severity.WARNING, "%s left out: start block or length cannot be read"),
    NO_STACK(Diagnostic.Severity.WARNING, "%s without a call stack"),
    UNREADABLE_FRAME(Diagnostic.Severity.WARNING, "%s in which a frame cannot be read"),
    DEEP_STACK(
            Diagnostic.Severity.WARNING,
            "%s with more than " + PieceParser.MAX_DEPTH + " frames; the outer ones are left out"),
    STOPPED_BACKTRACE(
            Diagnostic.Severity.NOTE, "%s where gdb could not follow the stack to its end"),
    LONG_EVENT(Diagnostic.Severity.WARNING, "%s too long to be read whole; frames are left out"),
    CUT_KEPT(
            Diagnostic.Severity.WARNING,
            "the log ends in the middle of an event, which is kept with the frames that are there"),
    CUT_DROPPED(
            Diagnostic.Severity.WARNING,
            "the log ends in the middle of an event, which is left out"),
    TIME_UNKNOWN(
            Diagnostic.Severity.WARNING,
            "%s without ticks in a log that has them; they get the time of the event before"),
    TICKS_UNUSED(
            Diagnostic.Severity.NOTE,
            "%s with ticks in a log that begins without them; time is the number of the event"),
    OTHER_BREAKPOINT(
            Diagnostic.Severity.WARNING,
            "the log was read up to the stop at another breakpoint; events follow it");

    private final Diagnostic.Severity severity;
    private final String message;

    Trouble(Diagnostic.Severity severity, String message) {
        this.severity = severity;
        this.message = message;
    }

    /// @param count how many events had it
    /// @param line  line of the log where it was first met, from 1
    Diagnostic diagnostic(long count, long line) {
        String events = count == 1 ? "an event" : count + " events";
        return new Diagnostic(severity, "line " + line, message.formatted(events));
    }
}
