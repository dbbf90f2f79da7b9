package dev.chipray.ctype.internal;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.dwarf.AddressRange;
import dev.chipray.dwarf.Die;
import dev.chipray.dwarf.DieOffset;
import dev.chipray.dwarf.DwTag;
import dev.chipray.dwarf.Dwarf;
import dev.chipray.dwarf.DwarfUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds functions by address: reads the ranges of all units at the first question and the functions of a unit at the
/// first one about it. Guarded by its own lock.
public final class FunctionFinder {
    private static final int DEPTH_LIMIT = 8;

    private final Dwarf dwarf;
    private final Map<DwarfUnit, List<Span>> functions = new HashMap<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private @Nullable List<UnitSpan> units;
    private @Nullable Map<String, List<DieOffset>> byName;

    private record UnitSpan(AddressRange range, DwarfUnit unit) {}

    private record Span(AddressRange range, DieOffset entry) {}

    /// A finder that has read nothing yet.
    public FunctionFinder(Dwarf dwarf) {
        this.dwarf = dwarf;
    }

    /// The concrete function that an address is in.
    public synchronized Optional<Die> find(long address) {
        for (UnitSpan span : units()) {
            if (span.range.contains(address)) {
                for (Span function : functions.computeIfAbsent(span.unit, this::functionsOf)) {
                    if (function.range.contains(address)) {
                        return Optional.of(dwarf.die(function.entry));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// The concrete functions of a linkage name, static ones of several units included. The first question reads all functions.
    public synchronized List<Die> named(String linkageName) {
        Map<String, List<DieOffset>> known = byName;
        if (known == null) {
            known = new HashMap<>();
            for (DwarfUnit unit : dwarf.units()) {
                for (Span span : functions.computeIfAbsent(unit, this::functionsOf)) {
                    Die function = dwarf.die(span.entry);
                    String name = CallSites.linkageName(function).orElse("");
                    List<DieOffset> same = known.computeIfAbsent(name, _ -> new ArrayList<>());
                    if (same.isEmpty() || !same.getLast().equals(span.entry)) {
                        same.add(span.entry);
                    }
                }
            }
            byName = known;
        }
        return known.getOrDefault(linkageName, List.of()).stream().map(dwarf::die).toList();
    }

    /// What could not be read so far.
    public synchronized List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    private List<UnitSpan> units() {
        List<UnitSpan> known = units;
        if (known != null) {
            return known;
        }
        List<UnitSpan> found = new ArrayList<>();
        for (DwarfUnit unit : dwarf.units()) {
            try {
                for (AddressRange range : unit.ranges()) {
                    found.add(new UnitSpan(range, unit));
                }
            } catch (MalformedException e) {
                diagnostics.add(Diagnostic.of(e));
            }
        }
        units = found;
        return found;
    }

    private List<Span> functionsOf(DwarfUnit unit) {
        List<Span> found = new ArrayList<>();
        try {
            collect(unit.root(), found, 0);
        } catch (MalformedException e) {
            diagnostics.add(Diagnostic.of(e));
        }
        return found;
    }

    private static void collect(Die parent, List<Span> found, int depth) {
        for (Die die : parent.children()) {
            switch (die.tag()) {
                case DwTag.SUBPROGRAM -> {
                    for (AddressRange range : die.ranges()) {
                        found.add(new Span(range, die.offset()));
                    }
                }
                case DwTag.NAMESPACE, DwTag.CLASS_TYPE, DwTag.STRUCTURE_TYPE -> {
                    if (depth < DEPTH_LIMIT) {
                        collect(die, found, depth + 1);
                    }
                }
                default -> {
                    // Nothing else holds functions with code.
                }
            }
        }
    }
}
