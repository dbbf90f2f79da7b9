/// Call stacks from registers and memory: which functions are active, where each will return to, and what its
/// registers were.
///
/// Start at [dev.chipray.unwind.Unwinder]. Nothing here knows names or lines; inlined calls come from symbols. A stack
/// may be torn, overwritten or hostile, so an unwind never throws because of memory: it ends, and says why.
@NullMarked
package dev.chipray.unwind;

import org.jspecify.annotations.NullMarked;
