package dev.chipray.cli;

import dev.chipray.trace.TraceInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells what to try next, ready to paste into a shell.
final class NextCommands {

    private NextCommands() {}

    static void afterReport(Console console, String input, TraceInfo info, @Nullable Path html) {
        String name = shellWord(input);
        Map<String, String> next = new LinkedHashMap<>();
        next.put("chipray tree " + name + " --at peak", "who held the memory when it was fullest");
        next.put("chipray leaks " + name, "what was never freed, and how old it is");
        next.put("chipray timeline " + name, "how use and holes moved");
        if (html == null) {
            next.put("chipray report " + name + " --html report.html", "the interactive page");
        } else {
            next.put("open " + shellWord(html.toString()), "the interactive page, in a browser");
        }
        if (info.unit() == TraceInfo.Unit.BLOCKS && info.blockSize() == 0) {
            next.put(
                    "… --block-size 16",
                    "sizes in bytes (16 on most 32-bit ports, 32 on 64-bit ones)");
        }
        print(console, next);
    }

    private static void print(Console console, Map<String, String> next) {
        int width = next.keySet().stream().mapToInt(String::length).max().orElse(0);
        console.out().println();
        console.out().println(console.strong("Next"));
        next.forEach((command, why) ->
                console.out()
                        .println(
                                "  "
                                        + command
                                        + " ".repeat(width + 2 - command.length())
                                        + console.faint(why)));
    }

    /// The text as one word of a POSIX shell.
    static String shellWord(String text) {
        if (text.matches("[A-Za-z0-9_@%+=:,./-]+")) {
            return text;
        }
        return "'" + Text.printable(text).replace("'", "'\\''") + "'";
    }
}
