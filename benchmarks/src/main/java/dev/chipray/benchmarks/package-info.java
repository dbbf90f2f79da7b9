/// JMH benchmarks, and the inputs that they need.
@NullMarked
package dev.chipray.benchmarks;

import org.jspecify.annotations.NullMarked;
