package dev.chipray.ctype;

import dev.chipray.dwarf.DieOffset;
import java.util.List;

/// A function that an instruction belongs to, with what is in scope there; immutable.
///
/// @param function its name; empty when it has none
/// @param inlined whether it was expanded in the function of the next scope
/// @param entry its entry in the debug information
/// @param variables those of inner blocks before those around them, a name may occur more than once
public record Scope(
        String function, boolean inlined, DieOffset entry, List<LocalVariable> variables) {
    public Scope {
        variables = List.copyOf(variables);
    }
}
