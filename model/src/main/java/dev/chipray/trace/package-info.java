/// Allocation traces: what a heap did, event by event, and under which call stacks.
///
/// Constraints that shape this package:
///
/// - A trace can be longer than memory. What is held is bound by the blocks that are alive and by the distinct
///   strings, frames and stacks; everything that follows events is a listener of one [AllocationReplay].
/// - An allocation, a frame or a stack is an `int`; sizes, blocks and times are `long`. Records appear at the edges.
/// - Nothing here reads files or knows formats.
///
/// Nothing is safe for concurrent writing. Tables may be read by any thread once their writer has stopped and they
/// were handed over safely.
@NullMarked
package dev.chipray.trace;

import org.jspecify.annotations.NullMarked;
