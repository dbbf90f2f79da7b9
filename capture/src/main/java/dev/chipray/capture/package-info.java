/// Live captures of a target behind a debug stub: allocations and samples, with their stacks, into a recording.
///
/// Constraints that shape this package:
///
/// - The target stands for as short as possible: what is read at a stop goes out in one write together with what lets the
///   target run on, and stacks are unwound while it runs.
/// - What was captured is handed to the recording before anything else can fail.
/// - Places in code are found through symbols, debug information and instructions, never by constants.
@NullMarked
package dev.chipray.capture;

import org.jspecify.annotations.NullMarked;
