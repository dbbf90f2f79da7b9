package dev.chipray.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// A table for people: numbers to the right, text to the left, the last column cut to what is left of the line.
final class Table {

    private static final String GAP = "  ";

    private final List<String> headings;
    private final int textColumns;
    private final List<List<String>> rows = new ArrayList<>();

    /// @param headings    of all columns
    /// @param textColumns how many of them, counted from the last, hold text
    Table(List<String> headings, int textColumns) {
        this.headings = List.copyOf(headings);
        this.textColumns = textColumns;
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    void print(Console console, String indent) {
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = headings.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        fitLastColumns(widths, console.width() - indent.length());
        PrintStream out = console.out();
        out.println(console.faint((indent + line(headings, widths)).stripTrailing()));
        for (List<String> row : rows) {
            out.println((indent + line(row, widths)).stripTrailing());
        }
    }

    /// Text columns give way so that a line fits the terminal: the last first, each down to a readable rest.
    private void fitLastColumns(int[] widths, int available) {
        int total = GAP.length() * (widths.length - 1);
        for (int width : widths) {
            total += width;
        }
        for (int column = widths.length - 1;
                column >= widths.length - textColumns && total > available;
                column--) {
            int least = Math.min(widths[column], 16);
            int fitted = Math.max(least, widths[column] - (total - available));
            total -= widths[column] - fitted;
            widths[column] = fitted;
        }
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            if (column > 0) {
                line.append(GAP);
            }
            String cell = Text.fit(cells.get(column), widths[column]);
            String padding = " ".repeat(widths[column] - cell.length());
            boolean text = column >= widths.length - textColumns;
            line.append(text ? cell + padding : padding + cell);
        }
        return line.toString();
    }
}
