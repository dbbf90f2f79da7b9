package dev.chipray.dwarf;

import java.util.Arrays;

/// The rows of a line table in columns, in the order of the program; filled by one thread, then read by any.
///
/// Within a sequence, which ends with a row that only marks the end, addresses do not fall.
public final class LineRows {
    private static final byte STATEMENT = 1;
    private static final byte END = 2;

    private int size;
    private long[] addresses = new long[256];
    private int[] files = new int[256];
    private int[] lines = new int[256];
    private int[] columns = new int[256];
    private int[] discriminators = new int[256];
    private byte[] flags = new byte[256];

    /// Appends a row.
    public void add(
            long address,
            int file,
            int line,
            int column,
            int discriminator,
            boolean statement,
            boolean end) {
        if (size == flags.length) {
            grow();
        }
        addresses[size] = address;
        files[size] = file;
        lines[size] = line;
        columns[size] = column;
        discriminators[size] = discriminator;
        flags[size] = (byte) ((statement ? STATEMENT : 0) | (end ? END : 0));
        size++;
    }

    private void grow() {
        int wanted = 2 * size;
        addresses = Arrays.copyOf(addresses, wanted);
        files = Arrays.copyOf(files, wanted);
        lines = Arrays.copyOf(lines, wanted);
        columns = Arrays.copyOf(columns, wanted);
        discriminators = Arrays.copyOf(discriminators, wanted);
        flags = Arrays.copyOf(flags, wanted);
    }

    /// The number of rows.
    public int size() {
        return size;
    }

    /// The address of the first instruction of a row.
    public long address(int row) {
        return addresses[row];
    }

    /// The number of the file in the program's table.
    public int file(int row) {
        return files[row];
    }

    /// The line, 0 when the code belongs to none.
    public int line(int row) {
        return lines[row];
    }

    /// The column, 0 for the whole line.
    public int column(int row) {
        return columns[row];
    }

    /// Which of several blocks of the same line it is.
    public int discriminator(int row) {
        return discriminators[row];
    }

    /// Whether it is a good place for a breakpoint.
    public boolean isStatement(int row) {
        return (flags[row] & STATEMENT) != 0;
    }

    /// Whether it marks the end of a sequence, so that its address is the first one behind.
    public boolean isEnd(int row) {
        return (flags[row] & END) != 0;
    }
}
