/// What the readers of several formats share.
@NullMarked
package dev.chipray.ingest.internal;

import org.jspecify.annotations.NullMarked;
