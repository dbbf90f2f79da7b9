package dev.chipray.ingest.gclog;

import java.nio.charset.StandardCharsets;

/// Reads what gdb says about a stop: the function and, where that is the hook, its first two arguments.
///
/// Used by one thread; the fields tell about the line read last.
final class StopLine {

    private static final byte[] IN = " in ".getBytes(StandardCharsets.US_ASCII);

    /// A hook under another name is known by the names of its arguments.
    private static final String HOOK_ARGUMENT = "start_block=";

    /// The text `name (` of the hook that was seen last, so that it is compared and not looked up.
    private byte[] hook = {};

    /// [Numbers#NONE] where gdb could not tell.
    long block;

    long length;

    /// Reads the text from `from` to the newline at `to`.
    ///
    /// @return whether the function is the hook
    boolean readHook(byte[] bytes, int from, int to) {
        int at = afterAddress(bytes, from, to);
        if (hook.length == 0 || !Headings.startsWith(bytes, at, to, hook)) {
            if (!learnHook(new String(bytes, at, to - at, StandardCharsets.UTF_8))) {
                return false;
            }
        }
        readArguments(bytes, at + hook.length, to);
        return true;
    }

    /// Whether the frame at `from` is that of the hook that was seen last.
    boolean isHook(byte[] bytes, int from, int to) {
        return hook.length > 0
                && Headings.startsWith(bytes, afterAddress(bytes, from, to), to, hook);
    }

    /// After `0x25a in `, where the text begins with that.
    private static int afterAddress(byte[] bytes, int from, int to) {
        int at = from;
        if (to - at > 2 && bytes[at] == '0' && bytes[at + 1] == 'x') {
            while (at < to && bytes[at] != ' ' && bytes[at] != '\n') {
                at++;
            }
            at += Headings.startsWith(bytes, at, to, IN) ? IN.length : 0;
        }
        return at;
    }

    private boolean learnHook(String text) {
        int open = text.indexOf(" (");
        if (open <= 0) {
            return false;
        }
        String function = text.substring(0, open);
        if (Role.of(function) != Role.HOOK && !text.startsWith(HOOK_ARGUMENT, open + 2)) {
            return false;
        }
        hook = (function + " (").getBytes(StandardCharsets.UTF_8);
        return true;
    }

    private void readArguments(byte[] bytes, int from, int to) {
        int end = argumentEnd(bytes, from, to);
        block = value(bytes, from, end, to);
        int second = Math.min(end + 1, to);
        length = value(bytes, second, argumentEnd(bytes, second, to), to);
    }

    private static int argumentEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ',' && bytes[at] != ')') {
            at++;
        }
        return at;
    }

    /// The number after the last `=`; none where the line ends before the argument does.
    private static long value(byte[] bytes, int from, int end, int to) {
        if (end >= to) {
            return Numbers.NONE;
        }
        int at = end;
        while (at > from && bytes[at - 1] != '=' && bytes[at - 1] != ' ') {
            at--;
        }
        return Numbers.read(bytes, at, end);
    }
}
