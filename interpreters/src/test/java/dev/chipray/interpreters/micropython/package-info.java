@NullMarked
package dev.chipray.interpreters.micropython;

import org.jspecify.annotations.NullMarked;
