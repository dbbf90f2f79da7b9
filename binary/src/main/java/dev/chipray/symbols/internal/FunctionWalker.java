package dev.chipray.symbols.internal;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.MalformedException;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwTag;
import dev.chipray.dwarf.raw.AbbreviationTable;
import dev.chipray.dwarf.raw.Forms;
import dev.chipray.dwarf.raw.RangeLists;
import dev.chipray.dwarf.raw.RootValues;
import dev.chipray.dwarf.raw.Sections;
import dev.chipray.dwarf.raw.UnitContext;
import java.util.Arrays;

/// Collects the functions of a unit and the calls inlined into them, in preorder; one use, one thread.
///
/// Only entries of functions and inlined calls have their attributes read; types are jumped over where the compiler
/// left a reference to what follows them. The number of ranges is bounded by the size of the input, because many
/// entries may name one long list.
final class FunctionWalker {
    /// Children of what is no living function.
    private static final int OUTSIDE = -1;

    private final UnitContext unit;
    private final ByteCursor in;
    private final AbbreviationTable table;
    private final LiveCode live;
    private final boolean assembled;
    private int[] enclosing = new int[32];
    private long rangesLeft;

    final RangePainter painter = new RangePainter();
    final Ints parents = new Ints();
    final Ints callFiles = new Ints();
    final Ints callLines = new Ints();
    final Ints callColumns = new Ints();
    private long[] offsets = new long[64];
    private long[] starts = new long[64];
    private long[] sizes = new long[64];

    private boolean hasLow;
    private long low;
    private long high;
    private boolean highIsSize;
    private int rangesForm;
    private long ranges;
    private int callFile;
    private int callLine;
    private int callColumn;

    FunctionWalker(UnitContext unit, LiveCode live, boolean assembled) {
        this.unit = unit;
        this.live = live;
        this.assembled = assembled;
        in = unit.entries();
        table = unit.table();
        long bytes = unit.header().end() - unit.header().offset();
        rangesLeft =
                bytes
                        + unit.sections().get(Sections.RANGES).size()
                        + unit.sections().get(Sections.RNGLISTS).size();
    }

    int size() {
        return parents.size();
    }

    long offset(int scope) {
        return offsets[scope];
    }

    long start(int scope) {
        return starts[scope];
    }

    long size(int scope) {
        return sizes[scope];
    }

    void walk() {
        int depth = 0;
        while (in.hasRemaining()) {
            long offset = in.position();
            long code = in.uleb128();
            if (code == 0) {
                if (--depth <= 0) {
                    return;
                }
                continue;
            }
            int index = table.find(code);
            if (index < 0) {
                throw in.malformed(offset, "no such abbreviation", code);
            }
            int around = depth == 0 ? OUTSIDE : enclosing[depth - 1];
            int inside = enter(offset, index, around);
            if (inside == SKIPPED) {
                continue;
            }
            if (table.hasChildren(index)) {
                if (depth == enclosing.length) {
                    enclosing = Arrays.copyOf(enclosing, 2 * depth);
                }
                enclosing[depth++] = inside;
            } else if (depth == 0) {
                return;
            }
        }
    }

    private static final int SKIPPED = -2;

    /// Reads the attributes of an entry and returns the scope of its children, or [#SKIPPED] when those are behind.
    private int enter(long offset, int index, int around) {
        switch (table.tag(index)) {
            case DwTag.SUBPROGRAM -> {
                readAttributes(index);
                return add(offset, OUTSIDE, true);
            }
            case DwTag.INLINED_SUBROUTINE -> {
                if (around >= 0) {
                    readAttributes(index);
                    return add(offset, around, false);
                }
            }
            case DwTag.STRUCTURE_TYPE,
                    DwTag.UNION_TYPE,
                    DwTag.CLASS_TYPE,
                    DwTag.ENUMERATION_TYPE,
                    DwTag.ARRAY_TYPE,
                    DwTag.SUBROUTINE_TYPE -> {
                if (table.hasChildren(index) && skipToSibling(index)) {
                    return SKIPPED;
                }
            }
            default -> {}
        }
        if (table.tag(index) != DwTag.SUBPROGRAM) {
            table.skip(index, in);
        }
        return around;
    }

    private boolean skipToSibling(int index) {
        if (!table.startsWithSibling(index)) {
            return false;
        }
        long start = in.position();
        int spec = table.firstSpec(index);
        long sibling = Forms.number(unit, in, table.form(spec), table.constant(spec));
        boolean ahead = sibling > in.position() && sibling <= unit.header().end();
        in.position(ahead ? sibling : start);
        return ahead;
    }

    private void readAttributes(int index) {
        hasLow = false;
        highIsSize = false;
        high = 0;
        rangesForm = 0;
        callFile = -1;
        callLine = 0;
        callColumn = 0;
        for (int spec = table.firstSpec(index); spec < table.endSpec(index); spec++) {
            int form = table.form(spec);
            switch (table.attribute(spec)) {
                case DwAt.LOW_PC -> {
                    low = number(spec);
                    hasLow = true;
                }
                case DwAt.HIGH_PC -> {
                    highIsSize = !RootValues.isAddress(form);
                    high = number(spec);
                }
                case DwAt.RANGES -> {
                    rangesForm = form;
                    ranges = number(spec);
                }
                case DwAt.CALL_FILE -> callFile = (int) number(spec);
                case DwAt.CALL_LINE -> callLine = (int) number(spec);
                case DwAt.CALL_COLUMN -> callColumn = (int) number(spec);
                default -> Forms.skip(unit.format(), in, form);
            }
        }
    }

    private long number(int spec) {
        return Forms.number(unit, in, table.form(spec), table.constant(spec));
    }

    private int add(long offset, int parent, boolean function) {
        int scope = size();
        int before = painter.size();
        long[] sum = new long[1];
        if (rangesForm != 0) {
            try {
                RangeLists.read(
                        unit, rangesForm, ranges, (from, to) -> sum[0] += paint(from, to, scope));
            } catch (MalformedException e) {
                // A broken list costs what is behind the break.
                rangesLeft--;
            }
        } else if (hasLow) {
            sum[0] = paint(low, highIsSize ? low + high : high, scope);
        }
        if (painter.size() == before) {
            return OUTSIDE;
        }
        if (scope == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * scope);
            starts = Arrays.copyOf(starts, 2 * scope);
            sizes = Arrays.copyOf(sizes, 2 * scope);
        }
        offsets[scope] = offset;
        starts[scope] = painter.low(before);
        sizes[scope] = sum[0];
        parents.add(function ? -1 : parent);
        callFiles.add(callFile);
        callLines.add(callLine);
        callColumns.add(callColumn);
        return scope;
    }

    private long paint(long from, long to, int scope) {
        if (!live.contains(from, to, assembled) || rangesLeft-- <= 0) {
            return 0;
        }
        painter.add(from, to, scope);
        return to - from;
    }
}
