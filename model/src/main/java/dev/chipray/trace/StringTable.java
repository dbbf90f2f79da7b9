package dev.chipray.trace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Distinct strings, numbered from 0 in the order first seen; number 0 is always the empty string.
///
/// One writer at a time.
public final class StringTable {

    /// The number of the empty string.
    public static final int EMPTY = 0;

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> strings = new ArrayList<>();
    private long bytes;

    public StringTable() {
        intern("");
    }

    /// The number of `string`, a new one if it was not there.
    public int intern(String string) {
        Integer known = ids.get(string);
        if (known != null) {
            return known;
        }
        int id = strings.size();
        strings.add(string);
        ids.put(string, id);
        bytes += string.length();
        return id;
    }

    /// The number of the UTF-8 text in `utf8`; bytes that are not UTF-8 become U+FFFD.
    public int intern(byte[] utf8, int offset, int length) {
        return intern(new String(utf8, offset, length, StandardCharsets.UTF_8));
    }

    /// The string with number `id`.
    public String get(int id) {
        return strings.get(id);
    }

    /// How many distinct strings there are, the empty one included.
    public int size() {
        return strings.size();
    }

    /// The characters held, for those who bound memory.
    public long characters() {
        return bytes;
    }
}
