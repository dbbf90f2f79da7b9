/// The command line: one class per command, each of which parses its options, asks the session and prints the answer.
///
/// Answers go to standard output, diagnostics and progress to standard error. Nothing here reads a file or computes a
/// figure.
@NullMarked
package dev.chipray.cli;

import org.jspecify.annotations.NullMarked;
