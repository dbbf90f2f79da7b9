package dev.chipray.ctype.internal;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.dwarf.Die;
import dev.chipray.dwarf.DieOffset;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwTag;
import dev.chipray.dwarf.Dwarf;
import dev.chipray.dwarf.DwarfUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Knows where the types and variables of a program are by name; grows unit by unit, as far as lookups need it, and is
/// guarded by its own lock.
///
/// A name that occurs early is found without reading what follows; one that does not occur costs a pass over the tops
/// of all units, once. Functions are not entered, so what is declared inside of them is not found.
public final class TypeIndex {
    /// What a name can name.
    public enum Kind {
        /// A typedef or base type.
        ORDINARY,
        STRUCT,
        UNION,
        ENUM,
        VARIABLE
    }

    /// Where something of a name is.
    ///
    /// @param offset its entry
    /// @param kind what it is
    /// @param definition whether it is more than a declaration
    public record Entry(DieOffset offset, Kind kind, boolean definition) {}

    private static final int NAMESPACE_DEPTH_LIMIT = 16;
    private static final int LANG_C_PLUS_PLUS = 0x04;
    private static final int LANG_C_PLUS_PLUS_03 = 0x19;
    private static final int LANG_C_PLUS_PLUS_11 = 0x1a;
    private static final int LANG_C_PLUS_PLUS_14 = 0x21;
    private static final int LANG_C_PLUS_PLUS_17 = 0x2b;
    private static final int LANG_C_PLUS_PLUS_20 = 0x2c;

    private final List<DwarfUnit> units;
    private final Map<String, List<Entry>> entries = new HashMap<>();
    private final Map<DieOffset, String> qualified = new HashMap<>();
    private final List<DieOffset> enumerations = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private int scanned;

    /// An index that has read nothing yet.
    public TypeIndex(Dwarf dwarf) {
        units = new ArrayList<>(dwarf.units());
        units.addAll(dwarf.typeUnits());
    }

    /// Everything of a name that is known so far.
    private List<Entry> known(String name) {
        return entries.getOrDefault(name, Collections.emptyList());
    }

    /// The first definition of a name that is one of some kinds, in the first unit that has one, earlier kinds first;
    /// without any, the first declaration; null when there is neither.
    public synchronized @Nullable Entry find(String name, List<Kind> kinds) {
        Entry found = best(name, kinds);
        while ((found == null || !found.definition()) && scanNext()) {
            found = best(name, kinds);
        }
        return found;
    }

    private @Nullable Entry best(String name, List<Kind> kinds) {
        Entry declaration = null;
        for (Kind kind : kinds) {
            for (Entry entry : known(name)) {
                if (entry.kind() == kind && entry.definition()) {
                    return entry;
                }
                if (entry.kind() == kind && declaration == null) {
                    declaration = entry;
                }
            }
        }
        return declaration;
    }

    /// Everything in the program that has a name and is one of some kinds. Reads the tops of all units.
    public synchronized List<Entry> findAll(String name, List<Kind> kinds) {
        scanAll();
        return known(name).stream().filter(entry -> kinds.contains(entry.kind())).toList();
    }

    /// All names that are of some kinds, in no order. Reads the tops of all units.
    public synchronized List<String> names(List<Kind> kinds) {
        scanAll();
        List<String> names = new ArrayList<>();
        entries.forEach((name, found) -> {
            if (found.stream().anyMatch(entry -> kinds.contains(entry.kind()))) {
                names.add(name);
            }
        });
        return names;
    }

    private void scanAll() {
        while (scanNext()) {
            // Each step reads one unit.
        }
    }

    /// The enumeration with a number in the order of the program, reading on as needed; null after the last one.
    public synchronized @Nullable DieOffset enumeration(int number) {
        while (number >= enumerations.size()) {
            if (!scanNext()) {
                return null;
            }
        }
        return enumerations.get(number);
    }

    /// The name with namespaces and classes of the entry at an offset, null when it is in none or has not been read.
    public synchronized @Nullable String qualifiedName(DieOffset offset) {
        return qualified.get(offset);
    }

    /// What could not be read so far.
    public synchronized List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    private boolean scanNext() {
        if (scanned == units.size()) {
            return false;
        }
        DwarfUnit unit = units.get(scanned++);
        try {
            boolean scopes =
                    switch (unit.language()) {
                        case LANG_C_PLUS_PLUS,
                                LANG_C_PLUS_PLUS_03,
                                LANG_C_PLUS_PLUS_11,
                                LANG_C_PLUS_PLUS_14,
                                LANG_C_PLUS_PLUS_17,
                                LANG_C_PLUS_PLUS_20 ->
                                true;
                        default -> false;
                    };
            scan(unit.root(), "", scopes, 0);
        } catch (MalformedException e) {
            // What was found before stays; the rest of the unit is lost.
            diagnostics.add(Diagnostic.of(e));
        }
        return true;
    }

    private void scan(Die parent, String prefix, boolean scopes, int depth) {
        for (Die die : parent.children()) {
            switch (die.tag()) {
                case DwTag.TYPEDEF, DwTag.BASE_TYPE, DwTag.TEMPLATE_ALIAS, DwTag.UNSPECIFIED_TYPE ->
                        add(die, die.string(DwAt.NAME), prefix, Kind.ORDINARY, true);
                case DwTag.STRUCTURE_TYPE, DwTag.CLASS_TYPE, DwTag.INTERFACE_TYPE ->
                        scanType(die, prefix, Kind.STRUCT, scopes, depth);
                case DwTag.UNION_TYPE -> scanType(die, prefix, Kind.UNION, scopes, depth);
                case DwTag.ENUMERATION_TYPE -> {
                    enumerations.add(die.offset());
                    scanType(die, prefix, Kind.ENUM, false, depth);
                }
                case DwTag.VARIABLE -> scanVariable(die, prefix);
                case DwTag.NAMESPACE -> {
                    if (depth < NAMESPACE_DEPTH_LIMIT) {
                        scan(die, prefix + inner(die.string(DwAt.NAME)), scopes, depth + 1);
                    }
                }
                default -> {
                    // Functions and what belongs to them.
                }
            }
        }
    }

    private static String inner(@Nullable String name) {
        return name == null ? "" : name + "::";
    }

    private void scanType(Die die, String prefix, Kind kind, boolean scopes, int depth) {
        String name = die.string(DwAt.NAME);
        boolean definition = !die.has(DwAt.DECLARATION);
        add(die, name, prefix, kind, definition);
        if (scopes && definition && name != null && depth < NAMESPACE_DEPTH_LIMIT) {
            scan(die, prefix + name + "::", true, depth + 1);
        }
    }

    private void scanVariable(Die die, String prefix) {
        String name = die.string(DwAt.NAME);
        boolean definition = die.has(DwAt.LOCATION) || die.has(DwAt.CONST_VALUE);
        if (name == null && definition) {
            // A definition outside of its namespace or class, or one that link-time optimisation
            // moved.
            Die origin = die.origin().orElse(null);
            name = origin == null ? null : origin.name().orElse(null);
            String scoped = origin == null ? null : qualified.get(origin.offset());
            if (scoped != null) {
                add(die, scoped, "", Kind.VARIABLE, true);
            }
        }
        add(die, name, prefix, Kind.VARIABLE, definition);
    }

    private void add(Die die, @Nullable String name, String prefix, Kind kind, boolean definition) {
        if (name == null || name.isEmpty()) {
            return;
        }
        Entry entry = new Entry(die.offset(), kind, definition);
        entries.computeIfAbsent(name, key -> new ArrayList<>(1)).add(entry);
        if (!prefix.isEmpty()) {
            String full = prefix + name;
            qualified.put(die.offset(), full);
            entries.computeIfAbsent(full, key -> new ArrayList<>(1)).add(entry);
        }
    }
}
