/// What the instructions at the start of a function did to the stack, for code without tables.
@NullMarked
package dev.chipray.unwind.internal.prologue;

import org.jspecify.annotations.NullMarked;
