package dev.chipray.symbols.internal;

import dev.chipray.dwarf.LineRows;
import java.util.Arrays;

/// Turns the rows of a line program into one ascending table without repetitions; one use, one thread.
///
/// Of several rows at one address the last one counts, as it does for binutils and LLVM. Sequences of dropped code are
/// left out; where sequences overlap, which sound compilers never write, the one that starts first keeps its bytes.
final class LineTableBuilder {
    private final LineRows source;
    final Ints rows = new Ints();
    private long[] addresses = new long[256];
    private int size;

    LineTableBuilder(LineRows source, LiveCode live, boolean assembled) {
        this.source = source;
        long[] firsts = new long[16];
        int[] starts = new int[16];
        int count = 0;
        int start = 0;
        for (int row = 0; row < source.size(); row++) {
            if (!source.isEnd(row)) {
                continue;
            }
            if (live.contains(source.address(start), source.address(row), assembled)) {
                if (count == firsts.length) {
                    firsts = Arrays.copyOf(firsts, 2 * count);
                    starts = Arrays.copyOf(starts, 2 * count);
                }
                firsts[count] = source.address(start);
                starts[count++] = start;
            }
            start = row + 1;
        }
        add(firsts, starts, count);
    }

    private void add(long[] firsts, int[] starts, int count) {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compareUnsigned(firsts[a], firsts[b]));
        long end = 0;
        for (Integer index : order) {
            end = addSequence(starts[index], end);
        }
    }

    private long addSequence(int start, long covered) {
        long last = source.address(start);
        for (int row = start; ; row++) {
            long address = source.address(row);
            boolean isEnd = source.isEnd(row);
            if (size > 0 && Long.compareUnsigned(address, covered) < 0) {
                // Under an earlier sequence; its last row counts from the end of that one.
                if (isEnd) {
                    return covered;
                }
                address = covered;
            }
            if (Long.compareUnsigned(address, last) >= 0) {
                put(address, isEnd ? -1 : row);
                last = address;
            }
            if (isEnd) {
                return address;
            }
        }
    }

    private void put(long address, int row) {
        if (size > 0 && addresses[size - 1] == address) {
            size--;
            rows.removeLast();
        }
        if (size > 0 && same(rows.get(size - 1), row)) {
            return;
        }
        if (size == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * size);
        }
        addresses[size++] = address;
        rows.add(row);
    }

    private boolean same(int one, int other) {
        return one == other
                || (one >= 0
                        && other >= 0
                        && source.line(one) == source.line(other)
                        && source.file(one) == source.file(other)
                        && source.column(one) == source.column(other)
                        && source.discriminator(one) == source.discriminator(other));
    }

    int size() {
        return size;
    }

    long address(int index) {
        return addresses[index];
    }
}
