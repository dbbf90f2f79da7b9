package dev.chipray.cli;

import dev.chipray.session.CaptureSummary;
import java.nio.file.Path;
import java.util.Locale;

/// What a live capture says of itself when it is over.
final class CaptureText {

    private CaptureText() {}

    static void print(Console console, CaptureSummary summary, Path out, String what) {
        if (summary.isEarly()) {
            console.err()
                    .println(
                            "chipray: error: the capture ended early: "
                                    + Text.printable(summary.end()));
        }
        console.out().println(console.strong("Recorded " + Text.printable(out.toString())));
        line(
                console,
                what,
                "%s in %.1f s, %,.0f a second%s"
                        .formatted(
                                Text.count(summary.recorded()),
                                summary.seconds(),
                                summary.perSecond(),
                                summary.isEarly() ? "" : "; " + summary.end()));
        line(console, "method", summary.method());
        line(
                console,
                "disturbance",
                "%s stops, %.3f ms each; the target stood %.1f %% of the time"
                        .formatted(
                                Text.count(summary.stops()),
                                summary.millisPerStop(),
                                100 * summary.stoppedShare()));
        line(console, "link", "%s read".formatted(Text.bytes(summary.bytesRead())));
        console.out().println();
        console.out().println("  chipray report " + NextCommands.shellWord(out.toString()));
    }

    private static void line(Console console, String name, String value) {
        console.out().println(String.format(Locale.ROOT, "  %-13s", name) + Text.printable(value));
    }
}
