/// How frames are found: call frame information, Arm's exception tables, instructions, frame pointers, scans.
@NullMarked
package dev.chipray.unwind.internal;

import org.jspecify.annotations.NullMarked;
