package dev.chipray.analysis;

import java.util.List;

/// Which source files are the allocator itself, and so say nothing about who wanted memory.
///
/// Reports cut a call stack, read from the outermost frame inwards, where it first enters one of these files: what the
/// allocator calls is its own affair, and a finaliser that a collection runs counts for the allocation that started it.
///
/// @param files ends of paths, in whole components: `py/gc.c` is `../../py/gc.c` and `C:\src\py\gc.c`, not `copy/gc.c`
public record AllocatorFrames(List<String> files) {

    /// The allocators of MicroPython, of CircuitPython and of Lua.
    public static final AllocatorFrames DEFAULT =
            new AllocatorFrames(List.of("py/malloc.c", "py/gc.c", "lmem.c"));

    /// Nothing is hidden.
    public static final AllocatorFrames NONE = new AllocatorFrames(List.of());

    public AllocatorFrames {
        files = List.copyOf(files);
    }

    /// Whether `file`, as a trace writes it, is one of the allocator's.
    public boolean contains(String file) {
        for (String end : files) {
            if (endsInComponents(file, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsInComponents(String file, String end) {
        int before = file.length() - end.length() - 1;
        if (before < -1) {
            return false;
        }
        if (before >= 0 && file.charAt(before) != '/' && file.charAt(before) != '\\') {
            return false;
        }
        for (int i = 0; i < end.length(); i++) {
            char found = file.charAt(before + 1 + i);
            if (found != end.charAt(i) && !(found == '\\' && end.charAt(i) == '/')) {
                return false;
            }
        }
        return true;
    }
}
