@NullMarked
package dev.chipray.symbols;

import org.jspecify.annotations.NullMarked;
