package dev.chipray.analysis.internal;

import dev.chipray.trace.FrameTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The distinct location texts of a trace's frames, numbered from 0: what decides whether two frames are the same line of
/// a tree. Texts are made once for each frame that is asked for.
public final class Locations {

    /// What stands for a stack without frames.
    public static final String NO_FRAMES = "(no frames)";

    private final FrameTable frames;
    private final int[] numberOfFrame;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    public Locations(FrameTable frames) {
        this.frames = frames;
        numberOfFrame = new int[frames.size()];
        Arrays.fill(numberOfFrame, -1);
    }

    /// The number of a frame's location.
    public int of(int frame) {
        int known = numberOfFrame[frame];
        if (known >= 0) {
            return known;
        }
        int number = ofText(frames.location(frame));
        numberOfFrame[frame] = number;
        return number;
    }

    /// The number of a location that no frame has.
    public int ofText(String text) {
        Integer known = numbers.putIfAbsent(text, texts.size());
        if (known != null) {
            return known;
        }
        texts.add(text);
        return texts.size() - 1;
    }

    public String text(int number) {
        return texts.get(number);
    }

    /// For each location its place when all are sorted by code points.
    public int[] ranks() {
        Integer[] sorted = new Integer[texts.size()];
        Arrays.setAll(sorted, i -> i);
        Arrays.sort(sorted, (a, b) -> compareCodePoints(texts.get(a), texts.get(b)));
        int[] ranks = new int[sorted.length];
        for (int rank = 0; rank < sorted.length; rank++) {
            ranks[sorted[rank]] = rank;
        }
        return ranks;
    }

    private static int compareCodePoints(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                // Surrogates stand for code points above all others, but are not the highest units.
                boolean leftHigh = Character.isSurrogate(left);
                return leftHigh != Character.isSurrogate(right)
                        ? Boolean.compare(leftHigh, !leftHigh)
                        : Character.compare(left, right);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
