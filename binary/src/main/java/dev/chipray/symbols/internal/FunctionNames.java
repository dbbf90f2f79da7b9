package dev.chipray.symbols.internal;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.MalformedException;
import dev.chipray.dwarf.DieOffset;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.Dwarf;
import dev.chipray.dwarf.raw.AbbreviationTable;
import dev.chipray.dwarf.raw.Forms;
import dev.chipray.dwarf.raw.UnitContext;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the names of functions through their abstract instances and declarations, in other units too; remembers them
/// for one unit and one thread.
final class FunctionNames {
    private static final int LONGEST_CHAIN = 16;

    /// What is known about a function, each with the unit whose numbers it uses.
    ///
    /// @param name the plain name
    /// @param linkageName the mangled name
    /// @param fileUnit the unit whose line table numbers `file`
    /// @param file where it is declared, -1 when not said
    /// @param line the line there
    record Names(
            @Nullable String name,
            @Nullable String linkageName,
            @Nullable UnitContext fileUnit,
            int file,
            int line) {}

    private final Dwarf dwarf;
    private final Map<Long, Names> known = new HashMap<>();

    FunctionNames(Dwarf dwarf) {
        this.dwarf = dwarf;
    }

    /// The names of the entry at an offset of a unit.
    Names of(UnitContext unit, long offset) {
        return of(unit, offset, LONGEST_CHAIN);
    }

    private Names of(UnitContext unit, long offset, int hops) {
        long key = unit.inTypes() ? ~offset : offset;
        Names names = known.get(key);
        if (names == null) {
            try {
                names = read(unit, offset, hops);
            } catch (MalformedException e) {
                names = new Names(null, null, unit, -1, 0);
            }
            known.put(key, names);
        }
        return names;
    }

    private Names read(UnitContext unit, long offset, int hops) {
        ByteCursor in = unit.entries();
        in.position(offset);
        AbbreviationTable table = unit.table();
        int index = table.find(in.uleb128());
        if (index < 0) {
            return new Names(null, null, unit, -1, 0);
        }
        String name = null;
        String linkage = null;
        int file = -1;
        int line = 0;
        long origin = -1;
        for (int spec = table.firstSpec(index); spec < table.endSpec(index); spec++) {
            int form = table.form(spec);
            switch (table.attribute(spec)) {
                case DwAt.NAME -> name = Forms.string(unit, in, form);
                case DwAt.LINKAGE_NAME, DwAt.MIPS_LINKAGE_NAME ->
                        linkage = Forms.string(unit, in, form);
                case DwAt.DECL_FILE ->
                        file = (int) Forms.number(unit, in, form, table.constant(spec));
                case DwAt.DECL_LINE ->
                        line = (int) Forms.number(unit, in, form, table.constant(spec));
                case DwAt.ABSTRACT_ORIGIN, DwAt.SPECIFICATION ->
                        origin = Forms.number(unit, in, form, table.constant(spec));
                default -> Forms.skip(unit.format(), in, form);
            }
        }
        if (origin < 0 || hops == 0 || (name != null && linkage != null)) {
            return new Names(name, linkage, unit, file, line);
        }
        boolean inside = origin >= unit.offset() && origin < unit.header().end();
        UnitContext other = inside ? unit : dwarf.unit(new DieOffset(false, origin)).context();
        Names inherited = of(other, origin, hops - 1);
        return new Names(
                name == null ? inherited.name : name,
                linkage == null ? inherited.linkageName : linkage,
                file < 0 ? inherited.fileUnit : unit,
                file < 0 ? inherited.file : file,
                line == 0 ? inherited.line : line);
    }
}
