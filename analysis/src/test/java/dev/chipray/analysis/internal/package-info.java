@NullMarked
package dev.chipray.analysis.internal;

import org.jspecify.annotations.NullMarked;
