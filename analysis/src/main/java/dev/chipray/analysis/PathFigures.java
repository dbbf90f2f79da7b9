package dev.chipray.analysis;

/// The figures of one call path or of a whole trace, in the unit of the trace.
///
/// @param live        alive after the last event
/// @param peak        alive when the whole heap first held the most
/// @param total       ever allocated
/// @param temporary   freed soon after it was allocated
/// @param churn       allocated and ended again
/// @param allocations how many allocations there were
public record PathFigures(
        long live, long peak, long total, long temporary, long churn, long allocations) {

    /// Nothing of anything.
    public static final PathFigures NONE = new PathFigures(0, 0, 0, 0, 0, 0);

    PathFigures plus(Metric metric, long weight) {
        return switch (metric) {
            case LIVE -> new PathFigures(live + weight, peak, total, temporary, churn, allocations);
            case PEAK -> new PathFigures(live, peak + weight, total, temporary, churn, allocations);
            case TOTAL ->
                    new PathFigures(live, peak, total + weight, temporary, churn, allocations);
            case TEMPORARY ->
                    new PathFigures(live, peak, total, temporary + weight, churn, allocations);
            case CHURN ->
                    new PathFigures(live, peak, total, temporary, churn + weight, allocations);
            case COUNT ->
                    new PathFigures(live, peak, total, temporary, churn, allocations + weight);
        };
    }

    /// The figure of that name.
    public long of(Metric metric) {
        return switch (metric) {
            case LIVE -> live;
            case PEAK -> peak;
            case TOTAL -> total;
            case TEMPORARY -> temporary;
            case CHURN -> churn;
            case COUNT -> allocations;
        };
    }
}
