@NullMarked
package dev.chipray.trace;

import org.jspecify.annotations.NullMarked;
