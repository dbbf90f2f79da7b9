package dev.chipray.symbols;

import dev.chipray.bytes.MalformedException;
import dev.chipray.dwarf.Dwarf;
import dev.chipray.dwarf.DwarfUnit;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSymbol;
import dev.chipray.symbols.internal.UnitStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// How much the debug information of a program tells; immutable.
///
/// @param units how many units there are
/// @param versions the DWARF versions that occur
/// @param compilers how many units each compiler wrote, by a short name such as `GNU C 12.2.1 -Os`
/// @param functionBytes bytes of functions with a size in the symbol table
/// @param describedBytes how many of them belong to a unit
/// @param split whether units are split off into files that are not read
/// @param callFrames the sections that tell how to unwind
/// @param locations whether variables that move are described
public record DebugQuality(
        int units,
        SortedSet<Integer> versions,
        Map<String, Integer> compilers,
        long functionBytes,
        long describedBytes,
        boolean split,
        List<String> callFrames,
        boolean locations) {

    private static final List<String> CALL_FRAMES =
            List.of(".debug_frame", ".eh_frame", ".ARM.exidx");

    /// Looks at a program; reads the roots of its units.
    public static DebugQuality of(Symbolizer symbolizer) {
        ElfFile elf = symbolizer.elf();
        Dwarf dwarf = symbolizer.dwarf();
        SortedSet<Integer> versions = new TreeSet<>();
        Map<String, Integer> compilers = new TreeMap<>();
        for (DwarfUnit unit : dwarf.units()) {
            versions.add(unit.version());
            try {
                compilers.merge(shortName(unit.producer()), 1, Integer::sum);
            } catch (MalformedException e) {
                compilers.merge("unreadable", 1, Integer::sum);
            }
        }
        long all = 0;
        long described = 0;
        UnitStore units = symbolizer.units();
        for (FunctionSymbol function : symbolizer.functions()) {
            all += function.size();
            if (function.size() != 0 && units.unitAt(function.address()) >= 0) {
                described += function.size();
            }
        }
        List<String> callFrames = new ArrayList<>();
        for (String name : CALL_FRAMES) {
            if (elf.section(name).isPresent()
                    || elf.section(name.replace(".debug", ".zdebug")).isPresent()) {
                callFrames.add(name);
            }
        }
        boolean locations =
                elf.section(".debug_loc").isPresent()
                        || elf.section(".debug_loclists").isPresent()
                        || elf.section(".zdebug_loc").isPresent();
        return new DebugQuality(
                dwarf.units().size(),
                versions,
                compilers,
                all,
                described,
                dwarf.split().isPresent(),
                callFrames,
                locations);
    }

    /// The compiler with its version, and how it optimised.
    static String shortName(String producer) {
        if (producer.isEmpty()) {
            return "unknown";
        }
        StringBuilder name = new StringBuilder();
        String optimisation = "";
        boolean options = false;
        for (String word : producer.split(" ", 400)) {
            options |= word.startsWith("-") || word.startsWith("(");
            if (!options) {
                name.append(name.isEmpty() ? "" : " ").append(word);
            } else if (word.startsWith("-O")) {
                optimisation = " " + word;
            }
        }
        return name + optimisation;
    }

    /// Whether the symbol table has functions.
    public static boolean hasFunctions(ElfFile elf) {
        for (int i = 1; i < elf.symbols().size(); i++) {
            if (elf.symbols().type(i) == ElfSymbol.FUNCTION) {
                return true;
            }
        }
        return false;
    }
}
