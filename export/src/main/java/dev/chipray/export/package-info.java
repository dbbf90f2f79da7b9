/// Writers of formats that other tools read.
///
/// Constraints that shape this package:
///
/// - Writers stream: what follows events is written while they are replayed, and what is kept is bound by the distinct
///   stacks and by what is alive.
/// - One class writes one format; [dev.chipray.export.AllocationFormats] lists them.
/// - Names come from devices: each format escapes them in its own way, so that a hostile name stays text.
///
/// Used by one thread.
@NullMarked
package dev.chipray.export;

import org.jspecify.annotations.NullMarked;
