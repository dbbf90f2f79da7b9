@NullMarked
package dev.chipray.cli;

import org.jspecify.annotations.NullMarked;
