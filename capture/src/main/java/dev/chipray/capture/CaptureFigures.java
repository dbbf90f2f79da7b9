package dev.chipray.capture;

/// What a capture did to its target.
///
/// @param events       events or samples recorded
/// @param stops        how often the target was stopped
/// @param stoppedNanos how long it stood because of that, as seen from here
/// @param elapsedNanos how long the capture took
/// @param bytesRead    bytes that came over the link
public record CaptureFigures(
        long events, long stops, long stoppedNanos, long elapsedNanos, long bytesRead) {

    /// Events a second of the time that the capture took.
    public double eventsPerSecond() {
        return elapsedNanos == 0 ? 0 : events * 1e9 / elapsedNanos;
    }

    /// The share of time that the target stood, from 0 to 1.
    public double stoppedShare() {
        return elapsedNanos == 0 ? 0 : (double) stoppedNanos / elapsedNanos;
    }
}
