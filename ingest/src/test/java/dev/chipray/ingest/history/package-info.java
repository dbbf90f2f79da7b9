@NullMarked
package dev.chipray.ingest.history;

import org.jspecify.annotations.NullMarked;
