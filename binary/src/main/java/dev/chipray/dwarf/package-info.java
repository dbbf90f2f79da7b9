/// DWARF debug information, versions 2 to 5 mixed in one file: units, entries with their attributes, address ranges and
/// line programs, read lazily per unit.
///
/// Start with [Dwarf]. Offsets into sections are typed at the edges ([DieOffset]) and plain `long` inside. What breaks in
/// one unit stays in that unit: it is a [dev.chipray.bytes.Diagnostic], and the other units are read. Source of the
/// facts: the DWARF standards 2 to 5 and, for GNU's additions, the DWARF extensions page of elfutils.
@NullMarked
package dev.chipray.dwarf;

import org.jspecify.annotations.NullMarked;
