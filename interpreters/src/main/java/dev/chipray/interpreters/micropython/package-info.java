/// MicroPython and its dialect CircuitPython, from version 1.9 on: heap, strings, objects and frames.
@NullMarked
package dev.chipray.interpreters.micropython;

import org.jspecify.annotations.NullMarked;
