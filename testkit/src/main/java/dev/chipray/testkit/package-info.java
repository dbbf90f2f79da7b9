/// What the tests of several modules share; imports no module of ours, so that the tests of each can use it.
@NullMarked
package dev.chipray.testkit;

import org.jspecify.annotations.NullMarked;
