/// JMH benchmarks.
@NullMarked
package dev.chipray.benchmarks;

import org.jspecify.annotations.NullMarked;
