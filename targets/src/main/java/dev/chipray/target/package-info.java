/// A target: memory, registers and execution, whatever the link to it is.
///
/// Constraints that shape this package: a target that is running can be left as it was found at any moment, so whoever
/// changes one (breakpoints, patches, halting) keeps what undoes the change; trouble with the link or the device is
/// a [dev.chipray.target.TargetException] and nothing else.
@NullMarked
package dev.chipray.target;

import org.jspecify.annotations.NullMarked;
