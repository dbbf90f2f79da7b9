/// Parts of the analyses that no other module uses.
@NullMarked
package dev.chipray.analysis.internal;

import org.jspecify.annotations.NullMarked;
