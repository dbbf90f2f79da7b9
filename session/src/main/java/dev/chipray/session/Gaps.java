package dev.chipray.session;

import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Says in words what a replay found missing in its events.
final class Gaps {

    private Gaps() {}

    static List<Diagnostic> in(AllocationReplay replay) {
        List<Diagnostic> found = new ArrayList<>();
        if (replay.impliedFrees() > 0) {
            found.add(
                    Diagnostic.warning(
                            "",
                            number(replay.impliedFrees(), "allocation")
                                    + " must have ended unseen: something else was allocated on top;"
                                    + " what seems alive may be garbage, and times of such ends are late"));
        }
        if (replay.unmatchedFrees() > 0) {
            found.add(
                    Diagnostic.warning(
                            "",
                            number(replay.unmatchedFrees(), "free")
                                    + " named a block where nothing known is alive;"
                                    + " the capture began after those allocations, or missed them"));
        }
        if (replay.emptyAllocations() > 0) {
            found.add(
                    Diagnostic.warning(
                            "",
                            number(replay.emptyAllocations(), "allocation")
                                    + " without a size passed over"));
        }
        return found;
    }

    private static String number(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
