package dev.chipray.interpreters.micropython.internal;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.interpreters.Layouts;
import dev.chipray.interpreters.micropython.GcArea;
import dev.chipray.interpreters.micropython.ObjectType;
import dev.chipray.interpreters.micropython.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that decoders of one moment share; for one thread.
public final class Snapshot {
    private static final int LEARN_FROM = 200;

    private final TargetBytes memory;
    private final Layouts layouts;
    private final ContextMembers context;
    private final List<Diagnostic> problems;
    private final List<GcArea> areas;
    private final Qstrs qstrs;
    private final ObjectWords words;
    private final Types types;
    private final Bytecode bytecode;
    private final Map<String, StructView> views = new HashMap<>();

    /// Reads what the others stand on.
    public Snapshot(
            TargetBytes memory,
            Layouts layouts,
            ContextMembers context,
            List<Diagnostic> problems) {
        this.memory = memory;
        this.layouts = layouts;
        this.context = context;
        this.problems = problems;
        this.areas = new AreaReader(memory, layouts, context, problems).read();
        this.qstrs = new Qstrs(memory, layouts, context, problems);
        this.words =
                new ObjectWords(
                        ObjectWords.find(memory, layouts, context, qstrs), memory.wordSize());
        this.types = new Types(memory, layouts, qstrs, words);
        this.bytecode = new Bytecode(memory, layouts, qstrs);
        bytecode.learn(someFunctions());
    }

    private List<Long> someFunctions() {
        List<Long> functions = new ArrayList<>();
        for (GcArea area : areas) {
            for (int block = 0; block < area.blocks() && functions.size() < LEARN_FROM; block++) {
                if (area.isHead(block)) {
                    long at = area.address(block);
                    Optional<ObjectType> type = types.of(at);
                    if (type.isPresent()
                            && (type.get().kind() == TypeKind.FUNCTION
                                    || type.get().kind() == TypeKind.GENERATOR_FUNCTION)) {
                        functions.add(at);
                    }
                }
            }
        }
        return functions;
    }

    /// Target memory.
    public TargetBytes memory() {
        return memory;
    }

    /// The firmware.
    public Layouts layouts() {
        return layouts;
    }

    /// The interpreter's global state.
    public ContextMembers context() {
        return context;
    }

    /// Where decoders note what they could not read.
    public List<Diagnostic> problems() {
        return problems;
    }

    /// The heap's areas.
    public List<GcArea> areas() {
        return areas;
    }

    /// Interned strings.
    public Qstrs qstrs() {
        return qstrs;
    }

    /// Object words.
    public ObjectWords words() {
        return words;
    }

    /// Types.
    public Types types() {
        return types;
    }

    /// Bytecode.
    public Bytecode bytecode() {
        return bytecode;
    }

    /// A structure by its typedef or its tag.
    public StructView view(String name) {
        return views.computeIfAbsent(name, n -> StructView.of(memory, layouts, n, "_" + n));
    }

    /// The area that an address is in, or null.
    public @org.jspecify.annotations.Nullable GcArea areaOf(long address) {
        for (GcArea area : areas) {
            if (area.blockOf(address) >= 0) {
                return area;
            }
        }
        return null;
    }

    /// The bytes of the allocation that starts at an address; 0 when none does.
    public long allocationAt(long address) {
        GcArea area = areaOf(address);
        if (area == null) {
            return 0;
        }
        int block = area.blockOf(address);
        return area.address(block) == address && area.isHead(block)
                ? (long) area.length(block) * area.blockSize()
                : 0;
    }
}
