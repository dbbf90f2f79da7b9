/// Readers of foreign logs and files.
@NullMarked
package dev.chipray.ingest;

import org.jspecify.annotations.NullMarked;
