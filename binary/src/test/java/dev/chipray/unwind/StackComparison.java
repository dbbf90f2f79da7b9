package dev.chipray.unwind;

import dev.chipray.elf.ElfFile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Compares the frames of an unwinder with gdb's, stop by stop: program counter and stack pointer of every frame that
/// has a place of its own.
final class StackComparison {
    private final ElfFile elf;
    private final long bias;
    private final Unwinder unwinder;
    private final List<String> differences = new ArrayList<>();
    private final Set<UnwindMethod> methods = EnumSet.noneOf(UnwindMethod.class);
    private int stops;

    /// `elf` is the program as gdb sees it, `tables` what the unwinder is given of it.
    StackComparison(ElfFile elf, ElfFile tables, long bias) {
        this.elf = elf;
        this.bias = bias;
        this.unwinder = Unwinder.of(List.of(new LoadedElf(tables, bias)));
    }

    /// How far a position-independent program is from where it was linked.
    static long bias(ElfFile elf, List<RecordedStops.Stop> stops) {
        if (!elf.isPositionIndependent()) {
            return 0;
        }
        long running =
                stops.getFirst().frames().stream()
                        .filter(frame -> frame.function().equals("main"))
                        .findFirst()
                        .orElseThrow()
                        .pc();
        long linked =
                elf.symbols().stream()
                        .filter(symbol -> symbol.name().equals("main"))
                        .findFirst()
                        .orElseThrow()
                        .address();
        return (running - linked) & ~0xfffL;
    }

    void compare(List<RecordedStops.Stop> recorded) {
        for (RecordedStops.Stop stop : recorded) {
            compare(stop);
        }
    }

    private void compare(RecordedStops.Stop stop) {
        stops++;
        Frames frames =
                unwinder.unwind(stop.registers(unwinder.architecture()), stop.memory(elf, bias));
        List<String> theirs = new ArrayList<>();
        for (RecordedStops.Frame frame : stop.frames()) {
            if (!isHere(frame.pc())) {
                break;
            }
            if (frame.isPhysical()) {
                theirs.add("%x/%x".formatted(frame.pc(), frame.stackPointer()));
            }
        }
        List<String> ours = new ArrayList<>();
        // gdb's list is cut where the C library calls; what a scan finds beyond that is not
        // compared.
        for (Frames.Frame frame : frames.list()) {
            boolean beyond = ours.size() >= theirs.size() && frame.method() == UnwindMethod.SCAN;
            if (beyond || !isHere(frame.programCounter())) {
                break;
            }
            methods.add(frame.method());
            int register = unwinder.architecture().stackPointer();
            ours.add(
                    "%x/%x"
                            .formatted(
                                    frame.programCounter(),
                                    frame.registers().read(register).orElse(0)));
        }
        if (!ours.equals(theirs)) {
            differences.add(
                    "in %s: %s then %s%n   gdb: %s"
                            .formatted(
                                    stop.frames().getFirst().function(),
                                    ours,
                                    frames.end(),
                                    theirs));
        }
    }

    /// What lies outside, in the C library, is known to gdb alone.
    private boolean isHere(long pc) {
        return elf.sectionAt(pc - bias).isPresent();
    }

    int stops() {
        return stops;
    }

    List<String> differences() {
        return differences;
    }

    Set<UnwindMethod> methods() {
        return methods;
    }

    double percent() {
        return 100.0 * (stops - differences.size()) / stops;
    }
}
