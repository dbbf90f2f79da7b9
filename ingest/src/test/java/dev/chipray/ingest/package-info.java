@NullMarked
package dev.chipray.ingest;

import org.jspecify.annotations.NullMarked;
