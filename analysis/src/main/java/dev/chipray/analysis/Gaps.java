package dev.chipray.analysis;

import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.Diagnostic;
import java.util.ArrayList;
import java.util.List;

/// Says in sentences what a replay shows to be missing from its trace.
public final class Gaps {

    private Gaps() {}

    /// One diagnostic for each kind of gap that was met; none for a trace without gaps.
    public static List<Diagnostic> of(AllocationReplay replay) {
        List<Diagnostic> result = new ArrayList<>();
        long implied = replay.impliedFrees();
        if (implied > 0) {
            result.add(
                    Diagnostic.warning(
                            "",
                            count(implied, "allocation")
                                    + " ended unseen: something else was allocated on top, so frees are"
                                    + " missing from the trace and some of what looks alive may not be"));
        }
        long unmatched = replay.unmatchedFrees();
        if (unmatched > 0) {
            result.add(
                    Diagnostic.warning(
                            "",
                            count(unmatched, "free")
                                    + " of blocks where nothing live begins: the allocations are missing"
                                    + " from the trace, which may have begun late"));
        }
        long empty = replay.emptyAllocations();
        if (empty > 0) {
            result.add(
                    Diagnostic.note(
                            "", count(empty, "allocation") + " without a size passed over"));
        }
        return List.copyOf(result);
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
