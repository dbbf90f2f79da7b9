/// Arm's exception handling tables, `.ARM.exidx` and `.ARM.extab`.
@NullMarked
package dev.chipray.unwind.internal.exidx;

import org.jspecify.annotations.NullMarked;
