package dev.chipray.session;

import dev.chipray.capture.CaptureFigures;
import dev.chipray.capture.CaptureResult;

/// How a live capture went, ready to print.
///
/// @param recorded      events or samples in the recording
/// @param seconds       how long it took
/// @param perSecond     recorded a second
/// @param stops         how often the target was stopped
/// @param millisPerStop how long a stop took, as seen from here
/// @param stoppedShare  the share of the time that the target stood, from 0 to 1
/// @param bytesRead     bytes that came over the link
/// @param method        how it was done
/// @param end           why it ended
/// @param isEarly       whether it ended before what was asked for
public record CaptureSummary(
        long recorded,
        double seconds,
        double perSecond,
        long stops,
        double millisPerStop,
        double stoppedShare,
        long bytesRead,
        String method,
        String end,
        boolean isEarly) {

    static CaptureSummary of(CaptureResult result) {
        CaptureFigures figures = result.figures();
        return new CaptureSummary(
                figures.events(),
                figures.elapsedNanos() / 1e9,
                figures.eventsPerSecond(),
                figures.stops(),
                figures.stops() == 0 ? 0 : figures.stoppedNanos() / 1e6 / figures.stops(),
                figures.stoppedShare(),
                figures.bytesRead(),
                result.method(),
                result.end(),
                result.isEarly());
    }
}
