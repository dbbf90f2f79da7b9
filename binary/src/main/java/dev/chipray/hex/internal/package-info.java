/// How records become blocks.
@NullMarked
package dev.chipray.hex.internal;

import org.jspecify.annotations.NullMarked;
