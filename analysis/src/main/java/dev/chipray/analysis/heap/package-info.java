/// Questions about a decoded heap: who keeps what alive, where the holes are, what changed. Pure functions of
/// [dev.chipray.heap.Heap]; sizes are bytes.
@NullMarked
package dev.chipray.analysis.heap;

import org.jspecify.annotations.NullMarked;
