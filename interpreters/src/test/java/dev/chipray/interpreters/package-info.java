@NullMarked
package dev.chipray.interpreters;

import org.jspecify.annotations.NullMarked;
