/// Call frame information: `.debug_frame` (DWARF 2 to 5) and `.eh_frame`.
@NullMarked
package dev.chipray.unwind.internal.cfi;

import org.jspecify.annotations.NullMarked;
