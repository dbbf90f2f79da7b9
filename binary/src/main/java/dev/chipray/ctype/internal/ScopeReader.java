package dev.chipray.ctype.internal;

import dev.chipray.ctype.DwarfTypes;
import dev.chipray.ctype.LocalVariable;
import dev.chipray.ctype.Scope;
import dev.chipray.dwarf.AddressRange;
import dev.chipray.dwarf.AttributeValue;
import dev.chipray.dwarf.Die;
import dev.chipray.dwarf.DieOffset;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwTag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads what is in scope at an address of a function; stateless.
public final class ScopeReader {
    /// Inlining and blocks together nest a few dozen deep in optimised code.
    private static final int DEPTH_LIMIT = 200;

    private final DwarfTypes types;

    /// A reader that takes types from `types`.
    public ScopeReader(DwarfTypes types) {
        this.types = types;
    }

    /// The scopes at an address within a function, innermost first.
    public List<Scope> read(Die function, long address) {
        List<Scope> scopes = new ArrayList<>();
        readFunction(function, false, address, scopes, 0);
        return scopes;
    }

    private void readFunction(
            Die function, boolean inlined, long address, List<Scope> scopes, int depth) {
        List<LocalVariable> variables = new ArrayList<>();
        Set<DieOffset> present = new HashSet<>();
        readBlock(function, address, variables, scopes, present, depth);
        Die origin = function.reference(DwAt.ABSTRACT_ORIGIN).orElse(null);
        if (origin != null) {
            addAbsent(origin, present, variables, depth);
        }
        scopes.add(new Scope(function.name().orElse(""), inlined, function.offset(), variables));
    }

    private void readBlock(
            Die block,
            long address,
            List<LocalVariable> variables,
            List<Scope> scopes,
            Set<DieOffset> present,
            int depth) {
        if (depth > DEPTH_LIMIT) {
            return;
        }
        List<LocalVariable> own = new ArrayList<>();
        for (Die die : block.children()) {
            if (die.attribute(DwAt.ABSTRACT_ORIGIN)
                    instanceof AttributeValue.Reference(DieOffset abstractEntry)) {
                present.add(abstractEntry);
            }
            switch (die.tag()) {
                case DwTag.FORMAL_PARAMETER -> add(die, true, own);
                case DwTag.VARIABLE -> add(die, false, own);
                case DwTag.LEXICAL_BLOCK -> {
                    if (contains(die, address, true)) {
                        readBlock(die, address, variables, scopes, present, depth + 1);
                    }
                }
                case DwTag.INLINED_SUBROUTINE -> {
                    if (contains(die, address, false)) {
                        readFunction(die, true, address, scopes, depth + 1);
                    }
                }
                default -> {
                    // Labels, calls and types are no variables.
                }
            }
        }
        variables.addAll(own);
    }

    /// Adds what an expanded or cloned function has in the source and not in its code any more: it is in scope, but
    /// nowhere.
    private void addAbsent(
            Die origin, Set<DieOffset> present, List<LocalVariable> variables, int depth) {
        if (depth > DEPTH_LIMIT) {
            return;
        }
        for (Die die : origin.children()) {
            if (present.contains(die.offset())) {
                continue;
            }
            switch (die.tag()) {
                case DwTag.FORMAL_PARAMETER -> add(die, true, variables);
                case DwTag.VARIABLE -> add(die, false, variables);
                case DwTag.LEXICAL_BLOCK -> addAbsent(die, present, variables, depth + 1);
                default -> {
                    // Labels, calls and types are no variables.
                }
            }
        }
    }

    /// Whether the code of an entry covers an address; `withoutCode` when it does not say which code it has.
    private static boolean contains(Die die, long address, boolean withoutCode) {
        List<AddressRange> ranges = die.ranges();
        if (ranges.isEmpty()) {
            return withoutCode && !die.has(DwAt.LOW_PC) && !die.has(DwAt.RANGES);
        }
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private void add(Die die, boolean parameter, List<LocalVariable> into) {
        if (die.flag(DwAt.DECLARATION)) {
            // An `extern` within a function names a variable of the program.
            return;
        }
        boolean artificial =
                die.inherited(DwAt.ARTIFICIAL) instanceof AttributeValue.Flag(boolean set) && set;
        into.add(
                new LocalVariable(
                        die.name().orElse(""),
                        types.typeOf(die),
                        parameter,
                        artificial,
                        die.offset()));
    }
}
