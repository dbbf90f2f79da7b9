package dev.chipray.unwind;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import dev.chipray.elf.ElfFile;
import dev.chipray.unwind.internal.CallerFinder;
import dev.chipray.unwind.internal.ModuleTables;
import dev.chipray.unwind.internal.RegisterFile;
import java.util.ArrayList;
import java.util.List;

/// Walks stacks of a target whose programs are known; any thread may use it. Tables are indexed once, when it is made, and rows of call
/// frame information that were decoded are kept.
///
/// Throws nothing because of registers or memory: an unwind that cannot go on ends, and [Frames#end()] says why. It ends in any case
/// after the given number of frames.
public final class Unwinder {
    /// The number of frames at which an unwind ends when nothing else is said.
    public static final int MOST_FRAMES = 512;

    private final Architecture architecture;
    private final List<ModuleTables> modules;

    private Unwinder(Architecture architecture, List<ModuleTables> modules) {
        this.architecture = architecture;
        this.modules = List.copyOf(modules);
    }

    /// An unwinder for firmware, which is one file at its linked address.
    public static Unwinder of(ElfFile elf) {
        return of(List.of(new LoadedElf(elf, 0)));
    }

    /// An unwinder for a program and its libraries. The first one decides the architecture.
    public static Unwinder of(List<LoadedElf> files) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no file to unwind with");
        }
        Architecture architecture = Architecture.of(files.getFirst().elf());
        List<ModuleTables> modules = new ArrayList<>();
        for (LoadedElf file : files) {
            modules.add(new ModuleTables(file.elf(), file.bias(), architecture));
        }
        return new Unwinder(architecture, modules);
    }

    /// The architecture, which says how registers are numbered.
    public Architecture architecture() {
        return architecture;
    }

    /// Trouble in the tables.
    public List<Diagnostic> diagnostics() {
        return modules.stream().flatMap(module -> module.cfi().diagnostics().stream()).toList();
    }

    /// The frames of a halted target.
    public Frames unwind(RegisterReader registers, MemoryReader memory) {
        Frames frames = new Frames(architecture);
        unwind(registers, memory, MOST_FRAMES, frames);
        return frames;
    }

    /// Puts at most `limit` frames of a halted target into `frames`, whose content is lost.
    public void unwind(RegisterReader registers, MemoryReader memory, int limit, Frames frames) {
        frames.clear();
        RegisterFile frame = new RegisterFile(architecture);
        RegisterFile caller = new RegisterFile(architecture);
        frame.readAll(registers);
        CallerFinder finder = new CallerFinder(architecture, modules, memory, registers);
        UnwindMethod method = UnwindMethod.REGISTERS;
        boolean exact = true;
        while (true) {
            if (frames.size() == limit) {
                frames.end(UnwindEnd.LIMIT);
                return;
            }
            frames.add(frame, method, exact);
            boolean found = finder.find(frame, exact, caller);
            if (finder.hasFrameAddress()) {
                frames.frameAddress(frames.size() - 1, finder.frameAddress());
            }
            if (!found) {
                frames.end(finder.end());
                return;
            }
            if (!isOuter(frame, caller, finder.method())) {
                frames.end(UnwindEnd.CYCLE);
                return;
            }
            method = finder.method();
            exact = finder.interrupted();
            RegisterFile next = frame;
            frame = caller;
            caller = next;
        }
    }

    /// A caller's frame lies above the frame that it called, or has none of its own. An interruption may have come from another stack.
    private static boolean isOuter(RegisterFile frame, RegisterFile caller, UnwindMethod method) {
        if (method == UnwindMethod.EXCEPTION) {
            return caller.pc() != frame.pc() || caller.stackPointer() != frame.stackPointer();
        }
        int order = Long.compareUnsigned(caller.stackPointer(), frame.stackPointer());
        return order > 0 || (order == 0 && caller.pc() != frame.pc());
    }
}
