package dev.chipray.symbols.internal;

import java.util.Arrays;

/// A growing column of ints; for one thread.
final class Ints {
    private int[] values = new int[64];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    void set(int index, int value) {
        values[index] = value;
    }

    int size() {
        return size;
    }

    void removeLast() {
        size--;
    }

    int copyTo(int[] target, int at) {
        System.arraycopy(values, 0, target, at, size);
        return at + size;
    }
}
