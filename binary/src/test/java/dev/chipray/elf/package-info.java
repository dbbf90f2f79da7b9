@NullMarked
package dev.chipray.elf;

import org.jspecify.annotations.NullMarked;
