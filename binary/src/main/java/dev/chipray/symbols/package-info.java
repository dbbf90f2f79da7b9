/// Names for addresses and addresses for names: functions, source lines, chains of inlined calls, sizes, memory ranges.
///
/// Start with [Symbolizer]. It parses a unit of debug information when an address in it is first asked for and can keep
/// what it parsed in a cache file, so that the next process does not parse it again.
@NullMarked
package dev.chipray.symbols;

import org.jspecify.annotations.NullMarked;
