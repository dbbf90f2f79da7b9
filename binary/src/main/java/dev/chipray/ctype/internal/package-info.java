/// How C types are made from entries of debug information, paths and JSON.
@NullMarked
package dev.chipray.ctype.internal;

import org.jspecify.annotations.NullMarked;
