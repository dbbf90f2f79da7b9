/// Decoders of MicroPython's structures; not for use outside of the package above.
@NullMarked
package dev.chipray.interpreters.micropython.internal;

import org.jspecify.annotations.NullMarked;
