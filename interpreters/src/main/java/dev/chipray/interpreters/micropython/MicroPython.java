package dev.chipray.interpreters.micropython;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.UnsupportedException;
import dev.chipray.heap.Heap;
import dev.chipray.interpreters.InterpreterFrame;
import dev.chipray.interpreters.Layouts;
import dev.chipray.interpreters.micropython.internal.AreaReader;
import dev.chipray.interpreters.micropython.internal.ClassicMap;
import dev.chipray.interpreters.micropython.internal.ContextMembers;
import dev.chipray.interpreters.micropython.internal.ContextSearch;
import dev.chipray.interpreters.micropython.internal.Figures;
import dev.chipray.interpreters.micropython.internal.Frames;
import dev.chipray.interpreters.micropython.internal.HeapDecoder;
import dev.chipray.interpreters.micropython.internal.Qstrs;
import dev.chipray.interpreters.micropython.internal.Snapshot;
import dev.chipray.interpreters.micropython.internal.TargetBytes;
import dev.chipray.interpreters.micropython.internal.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A MicroPython or CircuitPython in the memory of a target at one moment; for one thread.
///
/// Memory is read when an answer needs it and read once; a target that runs on gives a torn picture. Trouble in a part
/// is in [#diagnostics].
public final class MicroPython {
    private static final int MOST_DUMPS = 100_000;

    private final List<Diagnostic> problems = new ArrayList<>();
    private final boolean circuitPython;
    private final Snapshot snapshot;
    private final ClassicMap classicMap;
    private final Values values;
    private final Frames frames;

    private MicroPython(TargetBytes memory, Layouts layouts, ContextMembers context) {
        this.circuitPython = layouts.symbol("mp_type_traceback").isPresent();
        this.snapshot = new Snapshot(memory, layouts, context, problems);
        this.values = new Values(snapshot);
        this.frames = new Frames(snapshot);
        this.classicMap = new ClassicMap(memory, layouts, context, circuitPython);
    }

    /// Looks at a target.
    ///
    /// @throws UnsupportedException when the firmware's debug information has no MicroPython in it
    public static MicroPython open(MemoryReader reader, Layouts layouts) {
        TargetBytes memory = new TargetBytes(reader, layouts.order(), layouts.wordSize());
        ContextMembers context =
                ContextMembers.find(memory, layouts)
                        .orElseThrow(() ->
                                new UnsupportedException(
                                        "no mp_state_ctx with its members in the firmware's debug information",
                                        "give an ELF of MicroPython or CircuitPython that was linked with debug information (-g) and not stripped"));
        return new MicroPython(memory, layouts, context);
    }

    /// Whether it is CircuitPython, a dialect.
    public boolean isCircuitPython() {
        return circuitPython;
    }

    /// Where the interpreter's state is.
    public long contextAddress() {
        return snapshot.context().address();
    }

    /// Where the characters of an interned string are; 0 when there is no such string.
    public long qstrAddress(long number) {
        return snapshot.qstrs().dataAddress(number);
    }

    /// Allocations that nobody knows, with the same first word.
    ///
    /// @param word the first word
    /// @param count how many allocations
    /// @param bytes their bytes
    /// @param symbol what is at the address that the word may be, empty when nothing is known there
    public record UnknownPointer(long word, int count, long bytes, String symbol) {}

    /// What the allocations that nobody knows begin with, the most bytes first.
    public List<UnknownPointer> unknownPointers(Heap heap) {
        Map<Long, long[]> sums = new HashMap<>();
        for (int i = 0; i < heap.size(); i++) {
            if (!heap.isKnown(i)) {
                long[] sum =
                        sums.computeIfAbsent(
                                snapshot.memory().word(heap.address(i)), _ -> new long[2]);
                sum[0]++;
                sum[1] += heap.bytes(i);
            }
        }
        List<UnknownPointer> all = new ArrayList<>();
        sums.forEach((word, sum) ->
                all.add(
                        new UnknownPointer(
                                word,
                                (int) sum[0],
                                sum[1],
                                snapshot.layouts().symbolAt(word).orElse(""))));
        all.sort(Comparator.comparingLong(one -> -one.bytes()));
        return all;
    }

    /// The address behind the main thread's stack; 0 when this firmware does not say.
    public long stackTop() {
        ContextMembers context = snapshot.context();
        return context.thread().get(context.threadAddress(), "stack_top");
    }

    /// The lowest address that the main thread's stack may reach, as the interpreter's own check has it; 0 when this
    /// firmware does not say.
    public long stackLimit() {
        ContextMembers context = snapshot.context();
        long room = context.thread().get(context.threadAddress(), "stack_limit");
        long top = stackTop();
        return room > 0 && room < top ? top - room : 0;
    }

    /// The areas of the collected heap; empty when none could be read.
    public List<GcArea> areas() {
        return snapshot.areas();
    }

    /// The figures that the device would print now.
    public GcFigures figures() {
        return Figures.of(snapshot.areas());
    }

    /// What `micropython.mem_info(1)` prints from its `GC:` line on, except for `max new split`, which is not in memory.
    public String classic() {
        GcFigures f = figures();
        StringBuilder out = new StringBuilder();
        out.append("GC: total: %d, used: %d, free: %d\n".formatted(f.total(), f.used(), f.free()));
        out.append(
                " No. of 1-blocks: %d, 2-blocks: %d, max blk sz: %d, max free sz: %d\n"
                        .formatted(
                                f.oneBlocks(),
                                f.twoBlocks(),
                                f.largestAllocation(),
                                f.largestFree()));
        out.append(classicMap());
        return out.toString();
    }

    /// The map alone, one block of rows for each area.
    public String classicMap() {
        StringBuilder out = new StringBuilder();
        for (GcArea area : snapshot.areas()) {
            classicMap.append(area, out);
        }
        return out.toString();
    }

    /// How this firmware packs values into object words, by the evidence of its own tables.
    public Representation representation() {
        return snapshot.words().representation();
    }

    /// The pools of interned strings, the newest first.
    public List<QstrPool> qstrPools() {
        return snapshot.qstrs().pools();
    }

    /// The text of an interned string; `<qstr 123>` when there is none with this number.
    public String qstr(long number) {
        return snapshot.qstrs().text(number);
    }

    /// The type of the object at an address; empty when there is none.
    public Optional<ObjectType> typeOf(long object) {
        return snapshot.types().of(object);
    }

    /// The value of the object at an address as Python's `repr` would write it, in at most `limit` characters.
    public String repr(long object, int limit) {
        return values.reprAt(object, limit);
    }

    /// The value of an object word, which may hold a small integer, a string or a float itself.
    public String reprOfWord(long word, int limit) {
        return values.repr(word, limit);
    }

    /// All objects, who owns which allocation, and who refers to whom. Where the stack pointer is not known, nothing on
    /// stacks is a root.
    public Heap heap(ProcessorState processor) {
        return new HeapDecoder(snapshot, values).decode(processor);
    }

    /// How well memory fits a firmware, without decoding it; nothing throws.
    public static HeapEvidence evidence(MemoryReader reader, Layouts layouts) {
        TargetBytes memory = new TargetBytes(reader, layouts.order(), layouts.wordSize());
        List<Diagnostic> problems = new ArrayList<>();
        Optional<ContextMembers> context = ContextMembers.find(memory, layouts);
        if (context.isEmpty()) {
            return new HeapEvidence(0, 0, List.of(noContext()));
        }
        int areas = new AreaReader(memory, layouts, context.get(), problems).read().size();
        int pools = new Qstrs(memory, layouts, context.get(), problems).pools().size();
        return new HeapEvidence(areas, pools, problems);
    }

    private static Diagnostic noContext() {
        return Diagnostic.warning(
                "mp_state_ctx", "it is not in the firmware's debug information with its members");
    }

    /// The addresses at which bytes of unknown place could start, by the shape of the interpreter's state in them, the
    /// highest first; each wants proof by [#evidence].
    public static List<Long> possibleBases(ByteView image, Layouts layouts) {
        return search(layouts)
                .map(search -> search.bases(image.as(layouts.order(), layouts.wordSize())))
                .orElse(List.of());
    }

    /// How many dumps of equal length `image` consists of, each starting at `base` when it was taken; at least 1.
    public static int dumpsIn(ByteView image, long base, Layouts layouts) {
        ByteView view = image.as(layouts.order(), layouts.wordSize());
        Optional<ContextSearch> search = search(layouts);
        if (search.isEmpty() || !search.get().fits(view, base)) {
            return 1;
        }
        long least = search.get().extent(view, base);
        for (int count = (int) Math.min(view.size() / least, MOST_DUMPS); count > 1; count--) {
            long length = view.size() / count;
            boolean all = length * count == view.size();
            for (int i = 0; i < count && all; i++) {
                all = search.get().fits(view.slice(i * length, length), base);
            }
            if (all) {
                return count;
            }
        }
        return 1;
    }

    private static Optional<ContextSearch> search(Layouts layouts) {
        TargetBytes nothing =
                new TargetBytes(MemoryReader.empty(), layouts.order(), layouts.wordSize());
        return ContextMembers.find(nothing, layouts)
                .map(context -> new ContextSearch(context, nothing, layouts));
    }

    /// The frame whose code state is at an address, as the variable `code_state` of `mp_execute_bytecode` says;
    /// `instruction` is that function's variable `ip` where its value is known.
    public Optional<InterpreterFrame> frameAt(long codeState, OptionalLong instruction) {
        return frames.at(codeState, instruction);
    }

    /// The frames of scripts on a C stack between its stack pointer and its top, innermost first; see
    /// [Frames][dev.chipray.interpreters.micropython.internal.Frames] for what a scan can get wrong.
    public List<InterpreterFrame> framesOnStack(long low, long high) {
        return frames.scan(low, high);
    }

    /// What could not be read so far.
    public List<Diagnostic> diagnostics() {
        return List.copyOf(problems);
    }
}
