package dev.chipray.analysis.heap;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes ways from roots as a programmer of the device would name them; stateless.
public final class PlainPaths {
    private static final Pattern MAIN = Pattern.compile("^dict_main(?:\\.map)?(?:\\['(\\w+)'\\])?");
    private static final Pattern MODULE = Pattern.compile("^mp_loaded_modules_dict\\['([^']+)'\\]");
    private static final Pattern MEMBER = Pattern.compile("\\.(?:__dict__|globals)\\['(\\w+)'\\]");

    private PlainPaths() {}

    /// `dict_main['app']` as `__main__.app`, `mp_loaded_modules_dict['app'].__dict__['x']` as `app.x`.
    public static String of(String path) {
        String text = path;
        Matcher main = MAIN.matcher(text);
        Matcher module = MODULE.matcher(text);
        if (main.find()) {
            String name = main.group(1) == null ? "" : "." + main.group(1);
            text = "__main__" + name + text.substring(main.end());
        } else if (module.find()) {
            text = module.group(1) + text.substring(module.end());
        }
        return MEMBER.matcher(text).replaceAll(match -> "." + match.group(1));
    }

    /// The name of a group of roots.
    static String place(String group) {
        return switch (group) {
            case "dict_main" -> "module __main__";
            case "mp_loaded_modules_dict" -> "table of modules";
            case "last_pool" -> "interned strings";
            default -> group;
        };
    }
}
