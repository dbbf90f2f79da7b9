/// Tests of the page, in Java and in a browser.
@NullMarked
package dev.chipray.web;

import org.jspecify.annotations.NullMarked;
