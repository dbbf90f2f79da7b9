package dev.chipray.dwarf.raw;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.dwarf.DwAt;

/// Walks the tree of entries, which is written in preorder with a zero code behind the last child; stateless.
public final class DieTree {
    /// Takes entries.
    @FunctionalInterface
    public interface Visitor {
        /// Takes the entry at `offset` with an abbreviation, whose attributes start at `attributes`.
        void entry(long offset, int abbreviation, long attributes);
    }

    private DieTree() {}

    /// Visits the entries directly under one.
    public static void children(UnitContext unit, int parent, long attributes, Visitor visitor) {
        AbbreviationTable table = unit.table();
        ByteCursor in = unit.entries();
        in.position(attributes);
        table.skip(parent, in);
        while (in.hasRemaining()) {
            long offset = in.position();
            long code = in.uleb128();
            if (code == 0) {
                return;
            }
            int index = find(table, in, offset, code);
            visitor.entry(offset, index, in.position());
            skipTree(unit, in, index);
        }
    }

    static int find(AbbreviationTable table, ByteCursor in, long offset, long code) {
        int index = table.find(code);
        if (index < 0) {
            throw in.malformed(offset, "no such abbreviation", code);
        }
        return index;
    }

    /// Moves from the first attribute of an entry behind it and all entries under it.
    static void skipTree(UnitContext unit, ByteCursor in, int abbreviation) {
        AbbreviationTable table = unit.table();
        long sibling = table.hasChildren(abbreviation) ? sibling(unit, in, abbreviation) : -1;
        if (sibling >= 0) {
            in.position(sibling);
            return;
        }
        int depth = 0;
        int index = abbreviation;
        while (true) {
            table.skip(index, in);
            if (table.hasChildren(index)) {
                depth++;
            }
            while (depth > 0) {
                if (!in.hasRemaining()) {
                    return;
                }
                long offset = in.position();
                long code = in.uleb128();
                if (code == 0) {
                    depth--;
                    continue;
                }
                index = find(table, in, offset, code);
                break;
            }
            if (depth == 0) {
                return;
            }
        }
    }

    /// The offset of the next sibling if the entry starts with it and it lies ahead (one that lies behind would make
    /// the walk endless), else -1; moves nothing in that case.
    static long sibling(UnitContext unit, ByteCursor in, int abbreviation) {
        AbbreviationTable table = unit.table();
        int spec = table.firstSpec(abbreviation);
        if (spec == table.endSpec(abbreviation) || table.attribute(spec) != DwAt.SIBLING) {
            return -1;
        }
        long start = in.position();
        long sibling = Forms.number(unit, in, table.form(spec), table.constant(spec));
        if (sibling > in.position() && sibling <= unit.header().end()) {
            return sibling;
        }
        in.position(start);
        return -1;
    }
}
