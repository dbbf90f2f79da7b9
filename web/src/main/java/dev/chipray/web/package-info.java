@NullMarked
package dev.chipray.web;

import org.jspecify.annotations.NullMarked;
