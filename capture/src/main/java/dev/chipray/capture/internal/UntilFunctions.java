package dev.chipray.capture.internal;

import java.util.ArrayList;
import java.util.List;

/// The functions at which a capture ends; stateless.
final class UntilFunctions {

    private static final String REPL = "repl";

    /// The prompts of MicroPython (boards, then desktop), CircuitPython and Lua by the names that they had over time.
    private static final List<String> PROMPTS =
            List.of(
                    "pyexec_friendly_repl",
                    "pyexec_raw_repl",
                    "pyexec_event_repl_init",
                    "do_repl",
                    "run_repl",
                    "doREPL",
                    "dotty");

    private UntilFunctions() {}

    static List<String> named(List<String> wanted) {
        List<String> names = new ArrayList<>();
        for (String name : wanted) {
            names.addAll(name.equals(REPL) ? PROMPTS : List.of(name));
        }
        return names;
    }
}
