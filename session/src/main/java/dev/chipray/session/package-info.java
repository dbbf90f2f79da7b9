/// What the fronts (command line, pages) call: opens any input, runs the analyses that a question needs in one pass, and
/// gives failures their context, in this one place.
@NullMarked
package dev.chipray.session;

import org.jspecify.annotations.NullMarked;
