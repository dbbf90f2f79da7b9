package dev.chipray.ctype;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.ctype.internal.FrameEvaluator;
import dev.chipray.ctype.internal.FunctionFinder;
import dev.chipray.ctype.internal.ScopeReader;
import dev.chipray.dwarf.location.Outcome;
import dev.chipray.dwarf.location.RecoveredValue;
import java.util.ArrayList;
import java.util.List;

/// Finds the variables in scope at an instruction and reads their values in a frame; any thread may use it.
///
/// Nothing throws because of the debug information: what is broken is empty or unknown, with a reason.
public final class LocalVariables {
    private final DwarfTypes types;
    private final FunctionFinder functions;
    private final ScopeReader scopes;

    /// The local variables of a program.
    public LocalVariables(DwarfTypes types) {
        this.types = types;
        this.functions = new FunctionFinder(types.dwarf());
        this.scopes = new ScopeReader(types);
    }

    /// The functions that an address belongs to, as linked: inlined ones first, innermost first, then the one they are
    /// in; empty outside of known functions.
    public List<Scope> at(long address) {
        try {
            return functions
                    .find(address)
                    .map(function -> scopes.read(function, address))
                    .orElse(List.of());
        } catch (MalformedException e) {
            return List.of();
        }
    }

    /// Where a variable is in a frame, or what is missing to tell.
    public Outcome locate(LocalVariable variable, FrameAccess frame) {
        try {
            return new FrameEvaluator(types.dwarf(), functions, types.target().order(), frame)
                    .locate(types.dwarf().die(variable.entry()));
        } catch (MalformedException e) {
            return new Outcome.Unavailable("broken debug information: " + e.field());
        }
    }

    /// The bytes of a variable in a frame, as far as they can be known.
    public RecoveredValue read(LocalVariable variable, FrameAccess frame) {
        try {
            long size = variable.type().get().size().orElse(0);
            return new FrameEvaluator(types.dwarf(), functions, types.target().order(), frame)
                    .read(types.dwarf().die(variable.entry()), size);
        } catch (MalformedException e) {
            ByteView none = ByteView.of(new byte[0], "value");
            return new RecoveredValue(none, none, "broken debug information: " + e.field());
        }
    }

    /// What could not be read so far.
    public List<Diagnostic> diagnostics() {
        return new ArrayList<>(functions.diagnostics());
    }
}
