@NullMarked
package dev.chipray.analysis.heap;

import org.jspecify.annotations.NullMarked;
