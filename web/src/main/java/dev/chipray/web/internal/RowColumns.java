package dev.chipray.web.internal;

import dev.chipray.trace.EndCause;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Writes the allocations, a section a column; columns of like numbers compress far better than rows.
record RowColumns(AllocationRows rows, NameTables names, long heapStart, TraceInfo info) {

    void write(OutputStream out) throws IOException {
        ByteColumn count = new ByteColumn();
        count.unsigned(rows.size());
        ReportData.section(out, "rows", count);
        column(out, "start", (c, row) -> c.unsigned(rows.start(row) - previous(row)));
        column(out, "life", (c, row) -> c.unsigned(alive(row) ? 0 : rows.life(row)));
        column(out, "block", (c, row) -> c.unsigned(rows.block(row) - heapStart));
        column(out, "size", (c, row) -> c.unsigned(rows.length(row)));
        column(out, "stack", (c, row) -> c.unsigned(names.stack(rows.startStack(row))));
        column(out, "cause", (c, row) -> c.u8(cause(row)));
        ByteColumn endStacks = new ByteColumn();
        forEach(row -> {
            if (!alive(row)) {
                endStacks.unsigned(names.stack(rows.endStack(row)));
            }
        });
        ReportData.section(out, "endstack", endStacks);
        if (info.timeUnit() != TraceInfo.TimeUnit.EVENTS) {
            column(out, "time", (c, row) -> c.signed(rows.startTime(row) - previousTime(row)));
            ByteColumn spans = new ByteColumn();
            forEach(row -> {
                if (!alive(row)) {
                    spans.signed(rows.endTime(row) - rows.startTime(row));
                }
            });
            ReportData.section(out, "span", spans);
        }
    }

    private boolean alive(int row) {
        return rows.end(row) == AllocationRows.ALIVE;
    }

    private long previous(int row) {
        return row == 0 ? 0 : rows.start(row - 1);
    }

    private long previousTime(int row) {
        return row == 0 ? 0 : rows.startTime(row - 1);
    }

    private int cause(int row) {
        return number(rows.cause(row)) | (rows.resized(row) ? 8 : 0);
    }

    private static int number(@Nullable EndCause cause) {
        return switch (cause) {
            case null -> 0;
            case FREE -> 1;
            case SWEEP -> 2;
            case REALLOC -> 3;
            case IMPLIED -> 4;
        };
    }

    /// Appends what one row has in a column.
    private interface Cell {
        void append(ByteColumn column, int row);
    }

    private void column(OutputStream out, String name, Cell cell) throws IOException {
        ByteColumn column = new ByteColumn();
        forEach(row -> cell.append(column, row));
        ReportData.section(out, name, column);
    }

    private void forEach(IntConsumer action) {
        for (int row = 0; row < rows.size(); row++) {
            action.accept(row);
        }
    }
}
