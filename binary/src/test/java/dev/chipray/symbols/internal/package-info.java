@NullMarked
package dev.chipray.symbols.internal;

import org.jspecify.annotations.NullMarked;
