package dev.chipray.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A function that hands out memory, resizes it or takes it back; immutable.
///
/// What a call means follows from what is given: a size and a result is an allocation; an old block besides makes it a
/// resize, or a free where the size is 0; an old block alone is a free. Arguments are counted from 1, 0 means none.
///
/// @param name  the function's name in the firmware
/// @param old   the argument that is a block handed out before
/// @param size  the argument that is the wanted size in bytes
/// @param count the argument that the size is to be multiplied by
public record AllocatorFunction(String name, int old, int size, int count) {

    private static final int MOST_ARGUMENTS = 8;

    public AllocatorFunction {
        if (name.isEmpty() || (old == 0 && size == 0)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no allocator without ptr or size");
        }
    }

    /// Reads `NAME:size=ARG,ptr=RETURN` and its kin: `size=N`, `count=N`, `old=N`, `ptr=return` or `ptr=N` (of a function
    /// that frees), `role=alloc|realloc|free`.
    ///
    /// @throws IllegalArgumentException with a line for the user
    public static AllocatorFunction parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no arguments; write NAME:size=1,ptr=return");
        }
        int old = 0;
        int size = 0;
        int count = 0;
        String role = "";
        for (String part : text.substring(colon + 1).split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals).toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : part.substring(equals + 1).toLowerCase(Locale.ROOT);
            switch (key) {
                case "size" -> size = argument(text, value);
                case "count" -> count = argument(text, value);
                case "old" -> old = argument(text, value);
                case "ptr" -> old = value.equals("return") ? old : argument(text, value);
                case "role" -> role = value;
                default ->
                        throw new IllegalArgumentException(
                                "'%s' in '%s' is none of size, count, old, ptr and role"
                                        .formatted(key, text));
            }
        }
        AllocatorFunction function =
                new AllocatorFunction(text.substring(0, colon), old, size, count);
        if (!role.isEmpty() && !role.equals(function.role())) {
            throw new IllegalArgumentException(
                    "'%s' has the arguments of role %s".formatted(text, function.role()));
        }
        return function;
    }

    private static int argument(String text, String value) {
        if (value.matches("[1-9]") && Integer.parseInt(value) <= MOST_ARGUMENTS) {
            return Integer.parseInt(value);
        }
        throw new IllegalArgumentException(
                "'%s' in '%s' is no argument; they are counted from 1 to %d"
                        .formatted(value, text, MOST_ARGUMENTS));
    }

    /// `alloc`, `realloc` or `free`.
    public String role() {
        if (size == 0) {
            return "free";
        }
        return old == 0 ? "alloc" : "realloc";
    }

    /// Families of allocators, the ones that others are built on first; of each, members that a firmware lacks are left out.
    public static List<List<AllocatorFunction>> families() {
        List<List<AllocatorFunction>> all = new ArrayList<>();
        // lua_Alloc(ud, ptr, osize, nsize) of Lua's manual; its usual implementation has this name.
        all.add(List.of(new AllocatorFunction("l_alloc", 2, 4, 0)));
        all.add(
                List.of(
                        new AllocatorFunction("heap_caps_malloc", 0, 1, 0),
                        new AllocatorFunction("heap_caps_calloc", 0, 2, 1),
                        new AllocatorFunction("heap_caps_realloc", 1, 2, 0),
                        new AllocatorFunction("heap_caps_free", 1, 0, 0)));
        all.add(
                List.of(
                        new AllocatorFunction("pvPortMalloc", 0, 1, 0),
                        new AllocatorFunction("pvPortCalloc", 0, 2, 1),
                        new AllocatorFunction("vPortFree", 1, 0, 0)));
        all.add(
                List.of(
                        new AllocatorFunction("_malloc_r", 0, 2, 0),
                        new AllocatorFunction("_calloc_r", 0, 3, 2),
                        new AllocatorFunction("_realloc_r", 2, 3, 0),
                        new AllocatorFunction("_free_r", 2, 0, 0)));
        all.add(
                List.of(
                        new AllocatorFunction("malloc", 0, 1, 0),
                        new AllocatorFunction("calloc", 0, 2, 1),
                        new AllocatorFunction("realloc", 1, 2, 0),
                        new AllocatorFunction("free", 1, 0, 0)));
        return all;
    }
}
