/// How captures work inside.
@NullMarked
package dev.chipray.capture.internal;

import org.jspecify.annotations.NullMarked;
