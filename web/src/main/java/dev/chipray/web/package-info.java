/// The page that shows a recording: one HTML file that needs no network and no server.
///
/// Java counts and packs, TypeScript under `ui/` draws. What an input says travels as binary columns and is never
/// markup; docs/html-report.md describes both sides of that border.
@NullMarked
package dev.chipray.web;

import org.jspecify.annotations.NullMarked;
