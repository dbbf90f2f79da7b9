package dev.chipray.unwind;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.ctype.DwarfTypes;
import dev.chipray.ctype.LocalVariable;
import dev.chipray.ctype.LocalVariables;
import dev.chipray.ctype.Scope;
import dev.chipray.dwarf.Die;
import dev.chipray.dwarf.DieOffset;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwTag;
import dev.chipray.dwarf.Dwarf;
import dev.chipray.dwarf.DwarfUnit;
import dev.chipray.dwarf.LineProgram;
import dev.chipray.dwarf.LineRows;
import dev.chipray.dwarf.location.Location;
import dev.chipray.dwarf.location.Outcome;
import dev.chipray.dwarf.location.RecoveredValue;
import dev.chipray.elf.ElfFile;
import dev.chipray.symbols.SourceFrame;
import dev.chipray.symbols.Symbolizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Compares what frames mean with gdb: functions with inlined ones, places, and the values of variables. Each difference
/// is either explained by a rule that the debug information itself decides, or left unexplained.
final class FrameDetails {
    private final ElfFile elf;
    private final long bias;
    private final Unwinder unwinder;
    private final Symbolizer symbolizer;
    private final DwarfTypes types;
    private final LocalVariables variables;
    private final TreeMap<Long, Set<Integer>> linesAt = new TreeMap<>();
    final Map<String, Integer> counts = new TreeMap<>();
    final List<String> unexplained = new ArrayList<>();

    FrameDetails(ElfFile elf, long bias) {
        this.elf = elf;
        this.bias = bias;
        unwinder = Unwinder.of(List.of(new LoadedElf(elf, bias)));
        symbolizer = Symbolizer.of(elf).withLoadBias(bias);
        types = DwarfTypes.of(elf);
        variables = new LocalVariables(types);
        readLines();
    }

    /// All lines that the line tables give to an address.
    private void readLines() {
        for (DwarfUnit unit : Dwarf.of(elf).units()) {
            LineProgram program = unit.lineProgram().orElse(null);
            if (program == null) {
                continue;
            }
            LineRows rows = program.rows();
            for (int i = 0; i < rows.size(); i++) {
                linesAt.computeIfAbsent(rows.address(i), _ -> new HashSet<>()).add(rows.line(i));
            }
        }
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    int count(String prefix, boolean all) {
        return counts.entrySet().stream()
                .filter(e -> all ? e.getKey().startsWith(prefix) : e.getKey().equals(prefix))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    void compare(List<RecordedStops.Stop> stops) {
        for (RecordedStops.Stop stop : stops) {
            compare(stop);
        }
    }

    private void compare(RecordedStops.Stop stop) {
        MemoryReader memory = stop.memory(elf, bias);
        Frames frames = unwinder.unwind(stop.registers(unwinder.architecture()), memory);
        List<List<RecordedStops.Frame>> groups = groups(stop);
        boolean same = true;
        for (int level = 0; level < groups.size() && level < frames.size(); level++) {
            List<RecordedStops.Frame> theirs = groups.get(level);
            if (frames.programCounter(level) != theirs.getFirst().pc()) {
                break;
            }
            UnwoundFrame frame = new UnwoundFrame(frames, level, memory, bias);
            same &= chain(frame, theirs);
            variables(frame, theirs);
        }
        count(same ? "stop: same chains" : "stop: other chains");
    }

    /// What gdb says, one list for each frame that has a place of its own, inlined calls first.
    private List<List<RecordedStops.Frame>> groups(RecordedStops.Stop stop) {
        List<List<RecordedStops.Frame>> groups = new ArrayList<>();
        List<RecordedStops.Frame> group = new ArrayList<>();
        for (RecordedStops.Frame frame : stop.frames()) {
            if (elf.sectionAt(frame.pc() - bias).isEmpty()) {
                break;
            }
            if (frame.type().equals("tailcall")) {
                continue;
            }
            group.add(frame);
            if (frame.isPhysical()) {
                groups.add(group);
                group = new ArrayList<>();
            }
        }
        return groups;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String text(String function, String file, int line) {
        return function + " " + (line == 0 ? "?" : name(file) + ":" + line);
    }

    private boolean chain(UnwoundFrame frame, List<RecordedStops.Frame> theirs) {
        List<String> gdb =
                theirs.stream().map(f -> text(f.function(), f.file(), f.line())).toList();
        List<SourceFrame> chain = symbolizer.frames(frame.lookupAddress());
        List<String> ours =
                chain.stream().map(f -> text(f.function(), f.file(), f.line())).toList();
        String why = gdb.equals(ours) ? "equal" : reason(frame, ours, gdb);
        count("frame: " + why);
        if (why.equals("unexplained")) {
            unexplained.add("0x%x: %s, gdb %s".formatted(frame.lookupAddress() - bias, ours, gdb));
        }
        return why.equals("equal");
    }

    private String reason(UnwoundFrame frame, List<String> ours, List<String> gdb) {
        long address = frame.lookupAddress() - bias;
        int more = ours.size() - gdb.size();
        if (frame.level() == 0 && more > 0 && ours.subList(more, ours.size()).equals(gdb)) {
            List<Scope> scopes = variables.at(address);
            boolean starts =
                    more < scopes.size()
                            && scopes.subList(0, more).stream()
                                    .allMatch(scope -> startsAt(scope.entry(), address));
            if (starts) {
                return "gdb stands before an inlined call";
            }
        }
        if (functions(ours).equals(functions(gdb))) {
            boolean onlyInnermost = ours.subList(1, ours.size()).equals(gdb.subList(1, gdb.size()));
            return onlyInnermost
                    ? lineReason(address, ours.getFirst(), gdb.getFirst())
                    : "unexplained";
        }
        if (ours.size() == 1 && more == 0 && aliases(functions(ours), functions(gdb))) {
            return "another name of the function";
        }
        if (more < 0 && isSubsequence(functions(ours), functions(gdb)) && inGap(address, gdb)) {
            return "gdb fills the gaps of an inlined call";
        }
        return "unexplained";
    }

    private static List<String> functions(List<String> chain) {
        return chain.stream().map(text -> text.substring(0, text.indexOf(' '))).toList();
    }

    private static boolean isSubsequence(List<String> inner, List<String> whole) {
        int at = 0;
        for (String name : whole) {
            at += at < inner.size() && inner.get(at).equals(name) ? 1 : 0;
        }
        return at == inner.size();
    }

    private boolean startsAt(DieOffset entry, long address) {
        Die die = types.dwarf().die(entry);
        return die.ranges().stream().anyMatch(range -> range.low() == address);
    }

    /// Judges by the lines that the tables give to the nearest address at or below. gdb merges rows that repeat a line, so
    /// the row that it looks at may start earlier.
    private String lineReason(long address, String ours, String gdb) {
        Map.Entry<Long, Set<Integer>> row = linesAt.floorEntry(address);
        Set<Integer> ownLine = Set.of(line(ours));
        while (row != null && row.getValue().equals(ownLine)) {
            Map.Entry<Long, Set<Integer>> before = linesAt.lowerEntry(row.getKey());
            if (before == null || !before.getValue().contains(line(ours))) {
                break;
            }
            row = before;
        }
        if (row == null || !row.getValue().contains(line(ours))) {
            return "unexplained";
        }
        if (row.getValue().contains(line(gdb))) {
            return "one of several lines at the address";
        }
        Map.Entry<Long, Set<Integer>> before = linesAt.lowerEntry(row.getKey());
        boolean continues = before != null && before.getValue().contains(line(gdb));
        return line(ours) == 0 && continues
                ? "gdb takes the line before code of no line"
                : "unexplained";
    }

    private boolean aliases(List<String> ours, List<String> gdb) {
        Set<Long> addresses = new HashSet<>();
        symbolizer.symbols(ours.getFirst()).forEach(symbol -> addresses.add(symbol.address()));
        return symbolizer.symbols(gdb.getFirst()).stream()
                .anyMatch(symbol -> addresses.contains(symbol.address()));
    }

    private static int line(String text) {
        String line = text.substring(text.lastIndexOf(':') + 1);
        return line.chars().allMatch(Character::isDigit) ? Integer.parseInt(line) : 0;
    }

    /// Whether a function that gdb names was inlined around the address, with other code at the address itself.
    private boolean inGap(long address, List<String> gdb) {
        List<Scope> scopes = variables.at(address);
        if (scopes.isEmpty()) {
            return false;
        }
        Set<String> found = new TreeSet<>();
        collectGaps(types.dwarf().die(scopes.getLast().entry()), address, found);
        return functions(gdb).stream().anyMatch(found::contains);
    }

    private static void collectGaps(Die parent, long address, Set<String> found) {
        for (Die die : parent.children()) {
            if (die.tag() == DwTag.INLINED_SUBROUTINE) {
                boolean inside = die.ranges().stream().anyMatch(range -> range.contains(address));
                boolean before = die.ranges().stream().anyMatch(range -> range.low() <= address);
                boolean behind = die.ranges().stream().anyMatch(range -> range.high() > address);
                if (!inside && before && behind) {
                    found.add(die.name().orElse(""));
                }
            }
            collectGaps(die, address, found);
        }
    }

    private void variables(UnwoundFrame frame, List<RecordedStops.Frame> theirs) {
        List<Scope> scopes = variables.at(frame.lookupAddress() - bias);
        int at = scopes.size() - theirs.size();
        if (at < 0) {
            return;
        }
        for (RecordedStops.Frame group : theirs) {
            Scope scope = scopes.get(at++);
            if (!scope.function().equals(group.function())) {
                return;
            }
            List<LocalVariable> left = new ArrayList<>(scope.variables());
            for (RecordedStops.Variable seen : group.variables()) {
                LocalVariable ours =
                        left.stream()
                                .filter(v -> v.name().equals(seen.name()))
                                .findFirst()
                                .orElse(null);
                left.remove(ours);
                String result =
                        ours == null
                                ? seen.kind().equals("error") ? "out of scope" : "not in scope"
                                : compare(frame, ours, seen);
                count("variable: " + result);
                if (result.equals("not in scope") || result.startsWith("unexplained")) {
                    unexplained.add(
                            "0x%x level %d %s in %s: %s"
                                    .formatted(
                                            frame.lookupAddress() - bias,
                                            frame.level(),
                                            seen,
                                            group.function(),
                                            result));
                }
            }
        }
    }

    private String compare(UnwoundFrame frame, LocalVariable ours, RecordedStops.Variable seen) {
        Outcome outcome = variables.locate(ours, frame);
        return switch (seen.kind()) {
            case "value" -> compareValue(variables.read(ours, frame), outcome, seen);
            case "address" -> compareAddress(outcome, seen);
            case "error" -> compareUnknown(variables.read(ours, frame), outcome, ours);
            default -> "not asked of gdb";
        };
    }

    private String compareValue(
            RecoveredValue value, Outcome outcome, RecordedStops.Variable seen) {
        String[] parts = seen.text().split("@", 2);
        if (outcome instanceof Outcome.Found(Location.InMemory(long address))) {
            // Not all memory was recorded, but where a value is tells as much.
            return parts.length == 2 && hex(address).equals(parts[1])
                    ? "equal"
                    : "unexplained: at " + hex(address);
        }
        if (!value.isComplete()) {
            return "unexplained: gdb only, " + value.reason();
        }
        String number = hex(value.bytes().as(types.target().order(), 4).unsigned(0, seen.size()));
        return number.equals(parts[0]) ? "equal" : "unexplained: is " + number;
    }

    private static String compareAddress(Outcome outcome, RecordedStops.Variable seen) {
        boolean same =
                outcome instanceof Outcome.Found(Location.InMemory(long address))
                        && hex(address).equals(seen.text());
        return same ? "equal" : "unexplained: at " + outcome;
    }

    private String compareUnknown(RecoveredValue value, Outcome outcome, LocalVariable ours) {
        if (!value.isComplete()) {
            return "known to neither";
        }
        Die die = types.dwarf().die(ours.entry());
        return die.inherited(DwAt.CONST_VALUE) != null
                ? "constant that gdb leaves out"
                : "unexplained: ours only, " + outcome;
    }

    private static String hex(long value) {
        return Long.toHexString(value);
    }
}
