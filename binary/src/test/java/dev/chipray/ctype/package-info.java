@NullMarked
package dev.chipray.ctype;

import org.jspecify.annotations.NullMarked;
