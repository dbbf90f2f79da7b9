/// DWARF without objects: cursors, offsets and numbers, for readers that walk all of a file, as the symboliser does.
///
/// The same rules hold as for the objects around it in [dev.chipray.dwarf], which are made of this.
@NullMarked
package dev.chipray.dwarf.raw;

import org.jspecify.annotations.NullMarked;
