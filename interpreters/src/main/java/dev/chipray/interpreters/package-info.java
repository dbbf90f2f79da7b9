/// What the memory of a target says about the interpreter that runs on it.
///
/// Constraints that shape this package:
///
/// - Where things are comes from [Layouts], that is from debug information, and never from a constant. What debug
///   information does not hold (macros: block size, object representation, the width of a string's length) is derived
///   from the memory itself, and the answer says so.
/// - Memory is hostile: it may be cut, torn or of another build. Decoders read what is sound, list what is not, never
///   loop, and allocate in proportion to the memory that is there.
/// - Nothing here performs I/O or starts threads; memory comes through [dev.chipray.bytes.MemoryReader].
@NullMarked
package dev.chipray.interpreters;

import org.jspecify.annotations.NullMarked;
