/// The writers, one class for each format, and what they share.
@NullMarked
package dev.chipray.export.internal;

import org.jspecify.annotations.NullMarked;
