@NullMarked
package dev.chipray.testkit;

import org.jspecify.annotations.NullMarked;
