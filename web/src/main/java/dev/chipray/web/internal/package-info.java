/// How the page is put together; nothing here is for other modules.
@NullMarked
package dev.chipray.web.internal;

import org.jspecify.annotations.NullMarked;
