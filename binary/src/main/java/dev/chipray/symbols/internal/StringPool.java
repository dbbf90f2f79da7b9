package dev.chipray.symbols.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Strings by number, each once, as UTF-8; for one thread.
final class StringPool {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Ints ends = new Ints();
    private byte[] bytes = new byte[1024];
    private int used;
    private final long limit;

    /// @param limit how many bytes may be kept, because many names may share one long string of the input
    StringPool(long limit) {
        this.limit = limit;
    }

    /// Whether nothing more is kept.
    boolean isFull() {
        return used >= limit;
    }

    /// The number of a string, -1 when there is no room for it.
    int add(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (used + (long) encoded.length > Math.min(limit, Integer.MAX_VALUE / 2)) {
            return -1;
        }
        if (used + encoded.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + encoded.length));
        }
        System.arraycopy(encoded, 0, bytes, used, encoded.length);
        used += encoded.length;
        int number = ends.size();
        ends.add(used);
        numbers.put(text, number);
        return number;
    }

    Ints ends() {
        return ends;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, used);
    }
}
