/// The stack machine of DWARF expressions.
@NullMarked
package dev.chipray.dwarf.location.internal;

import org.jspecify.annotations.NullMarked;
