package dev.chipray.symbols.internal;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.dwarf.Dwarf;
import dev.chipray.dwarf.LineRows;
import dev.chipray.dwarf.raw.LineDecoder;
import dev.chipray.dwarf.raw.LineHeader;
import dev.chipray.dwarf.raw.RootValues;
import dev.chipray.dwarf.raw.Sections;
import dev.chipray.dwarf.raw.UnitContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a unit into a [UnitIndex]; one use, one thread. A broken line table leaves the functions, and broken entries
/// leave the lines; both are diagnostics.
final class UnitIndexBuilder {
    private static final int ASSEMBLER = 0x8001;
    private static final int SMALLEST_POOL = 1 << 20;
    private static final FunctionNames.Names NO_NAMES =
            new FunctionNames.Names(null, null, null, -1, 0);

    private final Dwarf dwarf;
    private final UnitContext unit;
    private final List<Diagnostic> diagnostics;
    private final StringPool strings;
    private final Map<UnitContext, @Nullable LineHeader> headers = new HashMap<>();
    private final Map<Integer, Integer> ownFiles = new HashMap<>();

    private UnitIndexBuilder(Dwarf dwarf, UnitContext unit, List<Diagnostic> diagnostics) {
        this.dwarf = dwarf;
        this.unit = unit;
        this.diagnostics = diagnostics;
        strings =
                new StringPool(
                        SMALLEST_POOL
                                + unit.section().size()
                                + unit.sections().get(Sections.STR).size());
    }

    static UnitIndex build(
            Dwarf dwarf, UnitContext unit, LiveCode live, List<Diagnostic> diagnostics) {
        return new UnitIndexBuilder(dwarf, unit, diagnostics).build(live);
    }

    /// Whether a unit was written by an assembler.
    static boolean isAssembled(UnitContext unit) {
        return unit.root().language() == ASSEMBLER;
    }

    private UnitIndex build(LiveCode live) {
        boolean assembled = isAssembled(unit);
        LineRows rows = readRows();
        LineTableBuilder lines = new LineTableBuilder(rows, live, assembled);
        FunctionWalker functions = new FunctionWalker(unit, live, assembled);
        try {
            functions.walk();
        } catch (MalformedException e) {
            diagnostics.add(Diagnostic.of(e));
        }
        long base = functions.painter.lowest(lines.size() == 0 ? -1L : lines.address(0));
        functions.painter.paint(base);
        return assemble(base, rows, lines, functions);
    }

    private LineRows readRows() {
        try {
            LineHeader header = header(unit);
            return header == null
                    ? new LineRows()
                    : LineDecoder.decode(unit.sections().get(Sections.LINE), header);
        } catch (MalformedException e) {
            diagnostics.add(Diagnostic.of(e));
            return new LineRows();
        }
    }

    private @Nullable LineHeader header(UnitContext of) {
        if (!headers.containsKey(of)) {
            LineHeader header = null;
            RootValues root = of.root();
            if (root.lines() >= 0 && of.sections().get(Sections.LINE).size() > 0) {
                try {
                    header = new LineHeader(of, root.lines());
                } catch (MalformedException e) {
                    diagnostics.add(Diagnostic.of(e));
                }
            }
            headers.put(of, header);
        }
        return headers.get(of);
    }

    private int file(int number) {
        return ownFiles.computeIfAbsent(number, n -> path(unit, n));
    }

    private int path(UnitContext of, int number) {
        LineHeader header = strings.isFull() ? null : header(of);
        try {
            String path = header == null || number < 0 ? "" : header.path(number);
            return path.isEmpty() ? -1 : strings.add(path);
        } catch (MalformedException e) {
            return -1;
        }
    }

    private UnitIndex assemble(
            long base, LineRows rows, LineTableBuilder lines, FunctionWalker functions) {
        int scopes = functions.size();
        int[] names = new int[scopes];
        int[] linkageNames = new int[scopes];
        int[] files = new int[scopes];
        int[] declared = new int[scopes];
        int[] callFiles = new int[scopes];
        int[] starts = new int[scopes];
        int[] sizes = new int[scopes];
        FunctionNames resolver = new FunctionNames(dwarf);
        for (int scope = 0; scope < scopes; scope++) {
            FunctionNames.Names found =
                    strings.isFull() ? NO_NAMES : resolver.of(unit, functions.offset(scope));
            names[scope] = found.name() == null ? -1 : strings.add(found.name());
            linkageNames[scope] =
                    found.linkageName() == null ? -1 : strings.add(found.linkageName());
            UnitContext where = found.fileUnit();
            files[scope] =
                    where == null || where == unit ? file(found.file()) : path(where, found.file());
            declared[scope] = found.line();
            callFiles[scope] = file(functions.callFiles.get(scope));
            starts[scope] = (int) (functions.start(scope) - base);
            sizes[scope] = (int) Math.min(Integer.MAX_VALUE, functions.size(scope));
        }
        int count = rowsThatFit(lines, base);
        int[] rowFiles = new int[count];
        for (int i = 0; i < count; i++) {
            int row = lines.rows.get(i);
            rowFiles[i] = row < 0 ? UnitIndex.GAP : file(rows.file(row));
        }
        Ints ends = strings.ends();
        int pieces = functions.painter.starts.size();
        int[] data =
                new int
                        [UnitIndex.HEADER
                                + UnitIndex.ROW_COLUMNS * count
                                + UnitIndex.PIECE_COLUMNS * pieces
                                + UnitIndex.SCOPE_COLUMNS * scopes
                                + ends.size()];
        data[0] = count;
        data[1] = pieces;
        data[2] = scopes;
        data[3] = ends.size();
        int at = UnitIndex.HEADER;
        for (int i = 0; i < count; i++) {
            int row = lines.rows.get(i);
            data[at + i] = (int) (lines.address(i) - base);
            data[at + count + i] = rowFiles[i];
            data[at + 2 * count + i] = row < 0 ? 0 : rows.line(row);
            data[at + 3 * count + i] = row < 0 ? 0 : rows.column(row);
            data[at + 4 * count + i] = row < 0 ? 0 : rows.discriminator(row);
        }
        at += UnitIndex.ROW_COLUMNS * count;
        at = functions.painter.starts.copyTo(data, at);
        at = functions.painter.pieces.copyTo(data, at);
        at = functions.parents.copyTo(data, at);
        at = put(names, data, at);
        at = put(linkageNames, data, at);
        at = put(files, data, at);
        at = put(declared, data, at);
        at = put(callFiles, data, at);
        at = functions.callLines.copyTo(data, at);
        at = functions.callColumns.copyTo(data, at);
        at = put(starts, data, at);
        at = put(sizes, data, at);
        ends.copyTo(data, at);
        return new UnitIndex(base, data, strings.bytes());
    }

    private static int put(int[] column, int[] data, int at) {
        System.arraycopy(column, 0, data, at, column.length);
        return at + column.length;
    }

    private int rowsThatFit(LineTableBuilder lines, long base) {
        int count = lines.size();
        while (count > 0 && (lines.address(count - 1) - base) >>> 32 != 0) {
            count--;
        }
        if (count < lines.size()) {
            diagnostics.add(
                    Diagnostic.warning(
                            "unit at 0x%x".formatted(unit.offset()),
                            "code spans more than 4 GiB, the rest is left out"));
        }
        return count;
    }
}
