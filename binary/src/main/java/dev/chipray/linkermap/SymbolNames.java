package dev.chipray.linkermap;

import java.util.regex.Pattern;

/// What compilers do to names: section names made from symbols, and suffixes of copies. Pure functions.
public final class SymbolNames {
    /// Suffixes of GCC and Clang for private, cloned and split symbols; several may follow each other.
    private static final Pattern SUFFIX =
            Pattern.compile(
                    "\\.(?:lto_priv|constprop|isra|part|cold|clone|llvm|localalias|str|unlikely)(?:\\.\\d+)?");

    private static final Pattern NUMBER = Pattern.compile("\\.\\d+");

    /// Prefixes that compilers put before the symbol's name, longest first.
    private static final String[] SECTION_PREFIXES = {
        ".text.unlikely.",
        ".text.startup.",
        ".text.exit.",
        ".text.hot.",
        ".text.",
        ".rodata.",
        ".data.rel.ro.local.",
        ".data.rel.ro.",
        ".data.rel.local.",
        ".data.rel.",
        ".data.",
        ".bss.",
        ".sdata.",
        ".sbss.",
        ".srodata.",
        ".iram1.",
        ".literal."
    };

    private SymbolNames() {}

    /// The name in the source: what remains without suffixes such as `.lto_priv.0`, `.part.0`, or the `.123` of a
    /// static variable in a function.
    public static String sourceName(String name) {
        int dot = name.indexOf('.', 1);
        while (dot > 0) {
            String rest = name.substring(dot);
            if (isSuffixes(rest)) {
                return name.substring(0, dot);
            }
            dot = name.indexOf('.', dot + 1);
        }
        return name;
    }

    private static boolean isSuffixes(String rest) {
        int at = 0;
        while (at < rest.length()) {
            var suffix = SUFFIX.matcher(rest).region(at, rest.length());
            var number = NUMBER.matcher(rest).region(at, rest.length());
            if (suffix.lookingAt() && endsAtDot(rest, suffix.end())) {
                at = suffix.end();
            } else if (number.lookingAt() && endsAtDot(rest, number.end())) {
                at = number.end();
            } else {
                return false;
            }
        }
        return true;
    }

    private static boolean endsAtDot(String text, int index) {
        return index == text.length() || text.charAt(index) == '.';
    }

    /// The symbol a section is named after, such as `gc_alloc` for `.text.gc_alloc`; empty when it names none.
    public static String fromSection(String section) {
        for (String prefix : SECTION_PREFIXES) {
            if (section.startsWith(prefix)) {
                String name = section.substring(prefix.length());
                return isIdentifier(name) && !isMergedConstants(prefix, name) ? name : "";
            }
        }
        return "";
    }

    /// Whether a `.rodata.*` section holds string or number constants (`.rodata.str1.4`, `.rodata.main.str1.1`, `.rodata.cst4`).
    private static boolean isMergedConstants(String prefix, String name) {
        return prefix.equals(".rodata.") && CONSTANTS.matcher(name).find();
    }

    private static final Pattern CONSTANTS =
            Pattern.compile("(?:^|\\.)(?:str\\d+\\.\\d+|cst\\d+)$");

    private static boolean isIdentifier(String name) {
        if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '_' && c != '.' && c != '$') {
                return false;
            }
        }
        return true;
    }
}
