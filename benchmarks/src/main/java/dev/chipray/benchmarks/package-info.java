/// Benchmarks; run by `java -jar benchmarks/target/benchmarks.jar` or the scripts beside the module's pom.xml.
@NullMarked
package dev.chipray.benchmarks;

import org.jspecify.annotations.NullMarked;
