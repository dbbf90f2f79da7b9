/// `allocation_history.json`: what CircuitPython's GC activity script writes, and Chipray too.
@NullMarked
package dev.chipray.ingest.history;

import org.jspecify.annotations.NullMarked;
