package dev.chipray.ingest.gclog;

import dev.chipray.trace.EventKind;
import java.nio.charset.StandardCharsets;

/// A line in the form that Chipray's own gdb script writes.
///
/// `chipray TIME KIND START LENGTH` begins an event; KIND is `alloc`, `resize`, `free`, `sweep`, or `change` where the
/// call stack decides as it does for a plain log. TIME is in milliseconds, or `-`. `chipray heap BLOCK-SIZE BLOCKS` tells
/// the heap's measures; 0 where they are not known. Numbers are decimal or hexadecimal with `0x`.
///
/// Used by one thread; the fields tell about the line read last.
final class MarkedLine {

    /// Stands for `change`: no event of a log is an implied free.
    static final EventKind CHANGE = EventKind.IMPLIED_FREE;

    private static final int MAX_LENGTH = 256;

    boolean isHeap;
    long blockSize;
    long heapBlocks;

    EventKind kind = CHANGE;
    long time;

    /// [Numbers#NONE] where the line is not as it should be.
    long block;

    long length;

    void read(byte[] bytes, int from, int to) {
        String text =
                new String(bytes, from, Math.min(to - from, MAX_LENGTH), StandardCharsets.UTF_8);
        String[] words = text.split(" +", -1);
        isHeap = words.length == 4 && words[1].equals("heap");
        if (isHeap) {
            blockSize = Math.max(0, number(words[2]));
            heapBlocks = Math.max(0, number(words[3]));
            return;
        }
        boolean whole = words.length >= 5;
        time = whole ? number(words[1]) : Numbers.NONE;
        block = whole ? number(words[3]) : Numbers.NONE;
        length = whole ? number(words[4]) : Numbers.NONE;
        kind = CHANGE;
        if (whole) {
            switch (words[2]) {
                case "alloc" -> kind = EventKind.ALLOCATE;
                case "resize" -> kind = EventKind.RESIZE;
                case "free" -> kind = EventKind.FREE;
                case "sweep" -> kind = EventKind.SWEEP;
                case "change" -> kind = CHANGE;
                default -> block = Numbers.NONE;
            }
        }
    }

    private static long number(String word) {
        byte[] ascii = word.getBytes(StandardCharsets.UTF_8);
        return Numbers.read(ascii, 0, ascii.length);
    }
}
