@NullMarked
package dev.chipray.heap;

import org.jspecify.annotations.NullMarked;
