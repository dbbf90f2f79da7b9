/// Heaps of interpreters, from any file that holds a target's memory.
@NullMarked
package dev.chipray.session.heap;

import org.jspecify.annotations.NullMarked;
