@NullMarked
package dev.chipray.bytes;

import org.jspecify.annotations.NullMarked;
