/// Memory contents from text files of bytes with addresses (Intel HEX, S-records) and from plain binary files.
///
/// Reading needs memory in proportion to the file, whatever addresses it names: gaps stay gaps.
@NullMarked
package dev.chipray.hex;

import org.jspecify.annotations.NullMarked;
