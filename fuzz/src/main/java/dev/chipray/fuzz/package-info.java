/// A fuzz target per parser: without JAZZER_FUZZ=1 the kept inputs are replayed, with it new ones are searched for.
@NullMarked
package dev.chipray.fuzz;

import org.jspecify.annotations.NullMarked;
