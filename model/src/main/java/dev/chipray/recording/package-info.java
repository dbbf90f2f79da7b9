/// The `.chipray` file: what a capture saw, in one append-only file that survives being cut.
///
/// docs/recording-format.md describes the bytes; this package and that document change together.
///
/// Constraints that shape this package:
///
/// - A reader is safe on any bytes. Lengths are checked against what remains before anything is allocated, and damage
///   costs the chunk it is in.
/// - A writer never seeks. What is on disk is always a run of whole chunks and at most one that was cut.
/// - A chunk with events can be read alone, given the tables; the tables' chunks must be read in order.
/// - A format version, once released, is read by every later reader. The fixtures in the tests see to it.
@NullMarked
package dev.chipray.recording;

import org.jspecify.annotations.NullMarked;
