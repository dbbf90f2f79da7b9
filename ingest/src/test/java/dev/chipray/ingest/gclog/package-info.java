@NullMarked
package dev.chipray.ingest.gclog;

import org.jspecify.annotations.NullMarked;
