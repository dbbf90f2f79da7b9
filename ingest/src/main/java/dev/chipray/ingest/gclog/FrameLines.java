package dev.chipray.ingest.gclog;

import dev.chipray.trace.CallStacks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Frame lines seen before and the frames they are, in bounded memory; used by one thread.
///
/// Finding the end of a line and its hash is one pass, eight bytes at a time; a hit is always verified against the
/// line's bytes. When the memory is used up, everything is forgotten and filled again.
final class FrameLines {

    /// What [#frame] is for a line that holds none.
    static final int UNREADABLE = -1;

    private static final int MAX_LINES = 1 << 16;
    private static final int MAX_BYTES = 8 << 20;
    private static final int MAX_LINE_LENGTH = 2048;

    private static final Role[] ROLES = Role.values();
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final CallStacks tables;
    private byte[] roles = new byte[256];
    private int known;

    private int[] slots = new int[1 << 12];
    private long[] hashes = new long[1 << 11];
    private int[] starts = new int[1 << 11];
    private int[] lengths = new int[1 << 11];
    private int[] frames = new int[1 << 11];
    private int lines;
    private byte[] text = new byte[1 << 16];
    private int textLength;

    /// The frame found by [#read], or [#UNREADABLE].
    int frame;

    /// How many more lines of the log that frame took, as gdb had wrapped it.
    int wraps;

    FrameLines(CallStacks tables) {
        this.tables = tables;
    }

    /// Whether the frame has a file and a line, as a line of text that was not cut does.
    boolean isPlaced(int frameNumber) {
        return frameNumber >= 0 && tables.frames().line(frameNumber) > 0;
    }

    Role role(int frameNumber) {
        return ROLES[roles[frameNumber]];
    }

    /// Reads the frame that begins at `from`, after its `#N`, sets [#frame], and returns where its line ends: at a
    /// newline. The text must be followed by a newline and seven more bytes.
    int read(byte[] bytes, int from, int limit) {
        wraps = 0;
        long hash = 0;
        int at = from;
        while (true) {
            long word = Words.at(bytes, at);
            long found = Words.newlines(word);
            if (found != 0) {
                int bits = Words.bitsBefore(found);
                hash = mix(hash, word & ((1L << bits) - 1));
                at += bits >>> 3;
                break;
            }
            hash = mix(hash, word);
            at += Long.BYTES;
        }
        if (at < limit && bytes[at + 1] == ' ') {
            return wrapped(bytes, from, at, limit);
        }
        int length = at - from;
        hash ^= hash >>> 32;
        int mask = slots.length - 1;
        for (int slot = (int) hash & mask; ; slot = (slot + 1) & mask) {
            int line = slots[slot] - 1;
            if (line < 0) {
                frame = parse(bytes, from, at);
                remember(slot, hash, bytes, from, length);
                return at;
            }
            if (hashes[line] == hash
                    && lengths[line] == length
                    && Arrays.equals(text, starts[line], starts[line] + length, bytes, from, at)) {
                frame = frames[line];
                return at;
            }
        }
    }

    private static long mix(long hash, long word) {
        return Long.rotateLeft((hash ^ word) * MULTIPLIER, 29);
    }

    /// A line that gdb wrapped at the width of its terminal: what follows begins with a space.
    private int wrapped(byte[] bytes, int from, int firstEnd, int limit) {
        int end = firstEnd;
        while (end < limit && bytes[end + 1] == ' ') {
            wraps++;
            end++;
            while (bytes[end] != '\n') {
                end++;
            }
        }
        frame = parse(bytes, from, end);
        return end;
    }

    private int parse(byte[] bytes, int from, int to) {
        return number(FrameLine.parse(bytes, from, to));
    }

    private int number(@Nullable FrameLine line) {
        if (line == null) {
            return UNREADABLE;
        }
        int function = tables.strings().intern(line.function());
        int file = tables.strings().intern(line.file());
        int number = tables.frames().intern(function, file, line.line(), line.address());
        if (number == known) {
            if (known == roles.length) {
                roles = Arrays.copyOf(roles, known * 2);
            }
            roles[known++] = (byte) Role.of(line.function()).ordinal();
        }
        return number;
    }

    private void remember(int slot, long hash, byte[] bytes, int from, int length) {
        if (length > MAX_LINE_LENGTH) {
            return;
        }
        if (lines == MAX_LINES || textLength + length > MAX_BYTES) {
            Arrays.fill(slots, 0);
            lines = 0;
            textLength = 0;
            add((int) hash & (slots.length - 1), hash, bytes, from, length);
            return;
        }
        add(slot, hash, bytes, from, length);
        if (lines * 2 == slots.length) {
            grow();
        }
    }

    private void add(int slot, long hash, byte[] bytes, int from, int length) {
        if (textLength + length > text.length) {
            text = Arrays.copyOf(text, Math.min(MAX_BYTES, text.length * 2));
        }
        System.arraycopy(bytes, from, text, textLength, length);
        hashes[lines] = hash;
        starts[lines] = textLength;
        lengths[lines] = length;
        frames[lines] = frame;
        textLength += length;
        slots[slot] = ++lines;
    }

    private void grow() {
        int capacity = lines * 2;
        hashes = Arrays.copyOf(hashes, capacity);
        starts = Arrays.copyOf(starts, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        frames = Arrays.copyOf(frames, capacity);
        slots = new int[capacity * 2];
        for (int line = 0; line < lines; line++) {
            int slot = (int) hashes[line] & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = line + 1;
        }
    }
}
