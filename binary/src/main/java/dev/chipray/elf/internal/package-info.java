@NullMarked
package dev.chipray.elf.internal;

import org.jspecify.annotations.NullMarked;
