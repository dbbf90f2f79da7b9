@NullMarked
package dev.chipray.session;

import org.jspecify.annotations.NullMarked;
