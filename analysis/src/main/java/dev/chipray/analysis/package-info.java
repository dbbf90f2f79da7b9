/// What allocation traces mean: pure functions and listeners over the model; no files, no threads, no formats.
///
/// Constraints that shape this package:
///
/// - A trace may have a hundred million events. What follows events is an
///   [dev.chipray.trace.AllocationListener] whose memory is bound by the allocations that are alive and by the distinct
///   stacks; what it finds is asked for after the replay.
/// - Sizes are `long` in the unit of the trace ([dev.chipray.trace.TraceInfo.Unit]) everywhere; bytes are made when
///   something is printed.
/// - Stacks can be a million frames deep, so nothing here recurses.
/// - Every figure is defined in docs/analysis.md, in the words used here.
///
/// Listeners are used by one thread; results do not change once they were returned.
@NullMarked
package dev.chipray.analysis;

import org.jspecify.annotations.NullMarked;
