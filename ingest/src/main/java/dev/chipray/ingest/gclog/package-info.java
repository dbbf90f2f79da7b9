/// Logs that gdb wrote while it stopped at every change of a MicroPython or CircuitPython heap.
///
/// Constraints that shape this package:
///
/// - A log has gigabytes of text in which a few thousand lines come again and again. A line that was seen before costs
///   one pass over its bytes (newline search and hash) and one comparison; only new lines are taken apart.
/// - A log is cut into pieces at event borders. Pieces know nothing of each other, so that threads can parse them; one
///   thread puts them together in order, and numbers frames and stacks as a reader of one thread would.
/// - What a log is wrong about costs an event or a frame, and a diagnostic; never the rest of the log.
@NullMarked
package dev.chipray.ingest.gclog;

import org.jspecify.annotations.NullMarked;
