@NullMarked
package dev.chipray.dwarf.internal;

import org.jspecify.annotations.NullMarked;
