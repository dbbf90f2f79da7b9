/// Linker maps as GNU ld writes them with `-Map`: where the linker put which section of which file, and the symbols.
///
/// Stands in for the symbol table where a firmware comes as a plain binary file with a map.
@NullMarked
package dev.chipray.linkermap;

import org.jspecify.annotations.NullMarked;
