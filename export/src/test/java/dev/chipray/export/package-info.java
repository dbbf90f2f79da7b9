@NullMarked
package dev.chipray.export;

import org.jspecify.annotations.NullMarked;
