/// The lines of a linker map.
@NullMarked
package dev.chipray.linkermap.internal;

import org.jspecify.annotations.NullMarked;
