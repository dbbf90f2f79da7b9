/// The heap of an interpreter at one moment: objects, who owns which block, who refers to whom, and from where.
///
/// An object is an `int` index, in the order of addresses; everything about objects and references is in primitive
/// columns. Nothing here knows an interpreter.
@NullMarked
package dev.chipray.heap;

import org.jspecify.annotations.NullMarked;
