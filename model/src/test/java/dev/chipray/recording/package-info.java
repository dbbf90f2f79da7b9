@NullMarked
package dev.chipray.recording;

import org.jspecify.annotations.NullMarked;
