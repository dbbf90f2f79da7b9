/// Memory and registers of a target as files keep them: raw dumps, text records, and ELF core files.
@NullMarked
package dev.chipray.target.image;

import org.jspecify.annotations.NullMarked;
