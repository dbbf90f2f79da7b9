/// Bytes as every reader of binary files sees them: bounds-checked windows, cursors, and the one family of errors.
///
/// Nothing here performs I/O except [ByteView#open]; all reads check their bounds without overflowing, and all
/// trouble with input is a [MalformedException] or an [UnsupportedException].
@NullMarked
package dev.chipray.bytes;

import org.jspecify.annotations.NullMarked;
