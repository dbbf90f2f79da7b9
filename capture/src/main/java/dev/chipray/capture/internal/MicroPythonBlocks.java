package dev.chipray.capture.internal;

import dev.chipray.interpreters.micropython.GcArea;
import java.util.List;

/// The blocks of a MicroPython heap as the events so far have left them, numbered through all areas; for one thread.
///
/// This is the table "before" that a sweep is compared with.
final class MicroPythonBlocks {

    private final List<GcArea> areas;
    private final int[] bases;
    private final int[] lengths;

    MicroPythonBlocks(List<GcArea> areas) {
        this.areas = List.copyOf(areas);
        bases = new int[areas.size()];
        int total = 0;
        for (int i = 0; i < bases.length; i++) {
            bases[i] = total;
            total += areas.get(i).blocks();
        }
        lengths = new int[total];
    }

    List<GcArea> areas() {
        return areas;
    }

    int size() {
        return lengths.length;
    }

    int blockSize() {
        return areas.isEmpty() ? 0 : areas.getFirst().blockSize();
    }

    /// The number of the block at an address; -1 outside of the heap.
    int at(long address) {
        for (int i = 0; i < bases.length; i++) {
            int block = areas.get(i).blockOf(address);
            if (block >= 0) {
                return bases[i] + block;
            }
        }
        return -1;
    }

    private int areaOf(int block) {
        int area = bases.length - 1;
        while (area > 0 && bases[area] > block) {
            area--;
        }
        return area;
    }

    /// The address of the byte of the allocation table that says what a block is.
    long tableByte(int block) {
        int area = areaOf(block);
        return areas.get(area).allocationTable() + ((block - bases[area]) >> 2);
    }

    /// How many bytes of the table follow that one in its area, itself included.
    int tableBytesFrom(int block) {
        int area = areaOf(block);
        return (int) areas.get(area).allocationTableBytes() - ((block - bases[area]) >> 2);
    }

    int base(int area) {
        return bases[area];
    }

    /// Blocks of the allocation that begins there; 0 where none does.
    int length(int block) {
        return lengths[block];
    }

    void set(int block, int length) {
        lengths[block] = length;
    }

    /// What a block is, from bytes of the table that begin with the one of `first`.
    static int kind(byte[] table, int first, int block) {
        int index = (block >> 2) - (first >> 2);
        return index < table.length ? (table[index] >> (2 * (block & 3))) & 3 : GcArea.FREE;
    }
}
