package dev.chipray.export;

import dev.chipray.export.internal.AllocationCsv;
import dev.chipray.export.internal.AllocationHistory;
import dev.chipray.export.internal.AllocationJson;
import dev.chipray.export.internal.Collapsed;
import dev.chipray.export.internal.Pprof;
import dev.chipray.export.internal.Speedscope;
import dev.chipray.export.internal.SpeedscopeEvented;
import dev.chipray.export.internal.TimelineCsv;
import java.util.List;
import java.util.Optional;

/// The formats that allocation traces can be written in.
public final class AllocationFormats {

    private static final List<AllocationFormat> ALL =
            List.of(
                    new AllocationFormat(
                            "allocation-history",
                            "allocation_history.json of CircuitPython's GC activity page; also an input",
                            ".json",
                            false,
                            AllocationHistory::new),
                    new AllocationFormat(
                            "collapsed",
                            "a line for each call path with its weight, for flame graph scripts",
                            ".txt",
                            true,
                            Collapsed::new),
                    new AllocationFormat(
                            "speedscope",
                            "all metrics as profiles of samples, for speedscope.app",
                            ".speedscope.json",
                            true,
                            Speedscope::new),
                    new AllocationFormat(
                            "speedscope-evented",
                            "one metric as a profile of opened and closed frames, for speedscope.app",
                            ".speedscope.json",
                            true,
                            SpeedscopeEvented::new),
                    new AllocationFormat(
                            "pprof",
                            "gzipped protocol buffer with objects and space, allocated and in use",
                            ".pb.gz",
                            false,
                            Pprof::new),
                    new AllocationFormat(
                            "csv",
                            "a row for each allocation, with its start, end, cause and stacks",
                            ".csv",
                            false,
                            AllocationCsv::new),
                    new AllocationFormat(
                            "json",
                            "the same as JSON objects",
                            ".json",
                            false,
                            AllocationJson::new),
                    new AllocationFormat(
                            "timeline-csv",
                            "a row for each event: blocks in use, allocations, free runs",
                            ".csv",
                            false,
                            TimelineCsv::new));

    private AllocationFormats() {}

    /// All formats, in the order of `--list`.
    public static List<AllocationFormat> all() {
        return ALL;
    }

    /// The format of that name.
    public static Optional<AllocationFormat> of(String id) {
        return ALL.stream().filter(format -> format.id().equals(id)).findFirst();
    }
}
