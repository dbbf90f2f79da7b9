/// Where values are: DWARF expressions, location lists, and the bytes of a value behind a location.
///
/// Expressions are programs from a file that may be hostile, so the number of steps, the depth of the stack and the
/// depth of calls are limited. What is missing at run time (a register of an outer frame, memory that was not
/// recorded) is an answer with a reason; only an expression that breaks its own format throws a
/// [dev.chipray.bytes.MalformedException].
@NullMarked
package dev.chipray.dwarf.location;

import org.jspecify.annotations.NullMarked;
