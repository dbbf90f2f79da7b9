@NullMarked
package dev.chipray.analysis;

import org.jspecify.annotations.NullMarked;
