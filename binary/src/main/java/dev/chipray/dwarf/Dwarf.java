package dev.chipray.dwarf;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.dwarf.raw.Sections;
import dev.chipray.dwarf.raw.UnitContext;
import dev.chipray.dwarf.raw.UnitScanner;
import dev.chipray.elf.ElfFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The debug information of a file; any thread may use it. Opening reads the headers of the units and nothing else.
///
/// A file without debug information has no units. Split debug information is recognised: such units have
/// [DwarfUnit#isSplit] and a diagnostic that says what to do.
public final class Dwarf {
    private final Sections sections;
    private final List<DwarfUnit> units = new ArrayList<>();
    private final List<DwarfUnit> typeUnits = new ArrayList<>();
    private final List<Diagnostic> diagnostics;
    private volatile @Nullable Map<Long, DwarfUnit> bySignature;

    private Dwarf(Sections sections) {
        this.sections = sections;
        UnitScanner scanner = new UnitScanner(sections);
        for (UnitContext context : scanner.units()) {
            (context.inTypes() ? typeUnits : units).add(new DwarfUnit(this, context));
        }
        diagnostics = new ArrayList<>(sections.diagnostics());
        diagnostics.addAll(scanner.diagnostics());
    }

    /// The debug information of an ELF file.
    public static Dwarf of(ElfFile file) {
        return new Dwarf(Sections.of(file));
    }

    /// Debug information from sections that need not be in a file.
    public static Dwarf of(Sections sections) {
        return new Dwarf(sections);
    }

    /// The units of `.debug_info` in their order there; in DWARF 5 type units are among them.
    public List<DwarfUnit> units() {
        return units;
    }

    /// The type units of `.debug_types`, in DWARF 4.
    public List<DwarfUnit> typeUnits() {
        return typeUnits;
    }

    /// The sections.
    public Sections sections() {
        return sections;
    }

    /// Units that were skipped, sections that could not be inflated, and why.
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /// What split debug information keeps from being read; empty when there is none. Reads the roots of all units.
    public Optional<Diagnostic> split() {
        int count = 0;
        String example = "";
        for (DwarfUnit unit : units) {
            if (isSplit(unit)) {
                count++;
                example = unit.splitFile().orElse(example);
            }
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(
                        new Diagnostic(
                                Diagnostic.Severity.ERROR,
                                Sections.INFO,
                                "%d of %d units are split off into other files (%s), which are not read; build without -gsplit-dwarf"
                                        .formatted(
                                                count,
                                                units.size(),
                                                example.isEmpty() ? ".dwo" : example)));
    }

    private static boolean isSplit(DwarfUnit unit) {
        try {
            return unit.isSplit();
        } catch (MalformedException e) {
            // Reported where the unit is used.
            return false;
        }
    }

    /// The unit in which an offset lies; throws when there is none.
    public DwarfUnit unit(DieOffset offset) {
        List<DwarfUnit> among = offset.inTypes() ? typeUnits : units;
        int low = 0;
        int high = among.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            UnitContext context = among.get(middle).context();
            if (offset.value() < context.offset()) {
                high = middle - 1;
            } else if (offset.value() >= context.header().end()) {
                low = middle + 1;
            } else {
                return among.get(middle);
            }
        }
        throw new MalformedException(
                offset.inTypes() ? Sections.TYPES : Sections.INFO,
                offset.value(),
                "reference to no unit that could be read",
                offset.value());
    }

    /// The entry at an offset, which must be the start of one.
    public Die die(DieOffset offset) {
        return unit(offset).die(offset.value());
    }

    /// The type with a signature (`DW_FORM_ref_sig8`).
    public Optional<Die> type(long signature) {
        Map<Long, DwarfUnit> map = bySignature;
        if (map == null) {
            map = new HashMap<>();
            for (List<DwarfUnit> among : List.of(units, typeUnits)) {
                for (DwarfUnit unit : among) {
                    if (unit.isTypeUnit()) {
                        map.putIfAbsent(unit.signature(), unit);
                    }
                }
            }
            bySignature = map;
        }
        return Optional.ofNullable(map.get(signature)).map(DwarfUnit::type);
    }
}
