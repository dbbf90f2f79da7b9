package dev.chipray.unwind.internal;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import dev.chipray.unwind.Architecture;
import dev.chipray.unwind.Architecture.Kind;
import dev.chipray.unwind.UnwindEnd;
import dev.chipray.unwind.UnwindMethod;
import dev.chipray.unwind.internal.cfi.CfiRow;
import dev.chipray.unwind.internal.cfi.CfiStep;
import dev.chipray.unwind.internal.exidx.ExidxMachine;
import dev.chipray.unwind.internal.prologue.Effects;
import dev.chipray.unwind.internal.prologue.XtensaPrologue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the caller of one frame, by the most trustworthy method that has an answer; for one thread.
public final class CallerFinder {
    private final Architecture architecture;
    private final List<ModuleTables> modules;
    private final StackMemory memory;
    private final RegisterReader target;
    private final CfiStep cfi;
    private final Guesses guesses;
    private boolean trapUndone;

    private UnwindMethod method = UnwindMethod.REGISTERS;
    private UnwindEnd end = UnwindEnd.NO_METHOD;
    private boolean interrupted;
    private boolean hasFrameAddress;
    private long frameAddress;

    /// A finder in a target that is halted.
    public CallerFinder(
            Architecture architecture,
            List<ModuleTables> modules,
            MemoryReader memory,
            RegisterReader target) {
        this.architecture = architecture;
        this.modules = modules;
        this.memory = new StackMemory(memory, architecture);
        this.target = target;
        this.cfi = new CfiStep(architecture, this.memory);
        this.guesses = new Guesses(architecture, this.memory, this::moduleAt);
    }

    /// How the last caller was found.
    public UnwindMethod method() {
        return method;
    }

    /// Why no caller was found.
    public UnwindEnd end() {
        return end;
    }

    /// Whether the caller was interrupted where it is, and did not call.
    public boolean interrupted() {
        return interrupted;
    }

    /// Whether the frame's own canonical frame address is known.
    public boolean hasFrameAddress() {
        return hasFrameAddress;
    }

    /// The frame's own canonical frame address.
    public long frameAddress() {
        return frameAddress;
    }

    @Nullable ModuleTables moduleAt(long address) {
        for (ModuleTables module : modules) {
            if (module.code().isCode(address - module.bias())) {
                return module;
            }
        }
        return null;
    }

    /// Fills `caller`, and says whether there is one. `exact` says that the frame was interrupted at its program counter.
    public boolean find(RegisterFile frame, boolean exact, RegisterFile caller) {
        memory.takeFailure();
        hasFrameAddress = false;
        interrupted = false;
        end = UnwindEnd.NO_METHOD;
        if (!byAnyMethod(frame, exact, caller)) {
            if (memory.takeFailure()) {
                end = UnwindEnd.NO_MEMORY;
            }
            return false;
        }
        if (!hasFrameAddress) {
            frameAddress(caller.stackPointer());
        }
        long returnAddress = caller.pc() & architecture.mask();
        if (architecture.kind() == Kind.ARM && CortexMException.isReturn(returnAddress)) {
            return leaveException(returnAddress, caller);
        }
        caller.pc(architecture.codeAddress(returnAddress));
        // All ones is what an Arm link register holds after a reset, without its lowest bit.
        boolean none = caller.pc() == 0 || returnAddress == architecture.mask();
        if (none) {
            end = UnwindEnd.OUTERMOST;
        }
        return !none;
    }

    private void frameAddress(long address) {
        frameAddress = address;
        hasFrameAddress = true;
    }

    private boolean leaveException(long exceptionReturn, RegisterFile caller) {
        RegisterFile handler = new RegisterFile(architecture);
        handler.copyFrom(caller);
        switch (CortexMException.undo(exceptionReturn, handler, target, memory, caller)) {
            case DONE -> {
                method = UnwindMethod.EXCEPTION;
                interrupted = true;
                caller.pc(architecture.codeAddress(caller.pc()));
                return true;
            }
            case NO_MEMORY -> end = UnwindEnd.NO_MEMORY;
            case NO_PROCESS_STACK_POINTER -> end = UnwindEnd.NO_PROCESS_STACK_POINTER;
        }
        return false;
    }

    private boolean byAnyMethod(RegisterFile frame, boolean exact, RegisterFile caller) {
        long lookup = exact ? frame.pc() : frame.pc() - 1;
        ModuleTables module = moduleAt(lookup);
        if (module == null) {
            return outsideCode(frame, exact, caller);
        }
        long linked = lookup - module.bias();
        if (architecture.kind() == Kind.XTENSA) {
            long start = module.code().functionStart(linked);
            if (start >= 0
                    && start != linked
                    && XtensaPrologue.isWindowed(module.code().instructions(), start)) {
                return windowed(frame, caller);
            }
        }
        CfiRow row = module.cfi().row(linked);
        if (row != null) {
            return byCallFrameInformation(row, module, linked, frame, caller);
        }
        return byExidx(module, linked, frame, exact, caller)
                || (retry() && byPrologue(module, linked, frame, exact, caller))
                || (retry() && guess(frame, caller));
    }

    private boolean retry() {
        memory.takeFailure();
        return true;
    }

    private boolean windowed(RegisterFile frame, RegisterFile caller) {
        method = UnwindMethod.FRAME_POINTER;
        if (WindowedXtensa.undo(frame, memory, caller)) {
            return true;
        }
        end = UnwindEnd.OUTERMOST;
        return false;
    }

    private boolean byCallFrameInformation(
            CfiRow row, ModuleTables module, long linked, RegisterFile frame, RegisterFile caller) {
        boolean done = cfi.apply(row, frame, caller);
        if (cfi.locate(row, frame)) {
            frameAddress(cfi.canonicalFrameAddress());
        }
        if (leaveTrap(module, linked, caller)) {
            return true;
        }
        method = UnwindMethod.CFI;
        interrupted = row.isSignal();
        if (!done && !memory.failed()) {
            end = UnwindEnd.OUTERMOST;
        }
        return done && !memory.failed();
    }

    /// A RISC-V trap handler is entered from anywhere; the return address register still belongs to the code that it
    /// interrupted, and that code's address is in a register of its own. Only the innermost handler's is still there.
    private boolean leaveTrap(ModuleTables module, long linked, RegisterFile caller) {
        if (architecture.kind() != Kind.RISCV || trapUndone) {
            return false;
        }
        long where = target.read(Architecture.RISCV_MEPC).orElse(0);
        if (where == 0 || !TrapHandlers.isHandler(module.code(), linked)) {
            return false;
        }
        trapUndone = true;
        caller.pc(where);
        method = UnwindMethod.EXCEPTION;
        interrupted = true;
        return true;
    }

    private boolean byExidx(
            ModuleTables module,
            long linked,
            RegisterFile frame,
            boolean exact,
            RegisterFile caller) {
        byte[] instructions = module.exidx().find(linked);
        if (instructions == null || (exact && !inBody(module, linked, frame.pc()))) {
            return false;
        }
        caller.copyFrom(frame);
        if (!new ExidxMachine(instructions, memory, caller).run()) {
            return false;
        }
        method = UnwindMethod.EXIDX;
        return isPlausible(caller);
    }

    private static boolean inBody(ModuleTables module, long linked, long pc) {
        long start = module.code().functionStart(linked);
        if (start < 0) {
            return false;
        }
        Effects effects =
                module.prologue().read(module.code().instructions(), start, pc - module.bias());
        // Where everything that was read was executed, the instructions know better than the table.
        return effects.isComplete() && !effects.isStraight();
    }

    private boolean byPrologue(
            ModuleTables module,
            long linked,
            RegisterFile frame,
            boolean exact,
            RegisterFile caller) {
        long start = module.code().functionStart(linked);
        if (start < 0) {
            return false;
        }
        Effects effects =
                module.prologue()
                        .read(module.code().instructions(), start, frame.pc() - module.bias());
        int stackSlot = architecture.stackPointer();
        if (!frame.isKnown(stackSlot)) {
            return false;
        }
        long entry = frame.stackPointer() + effects.depth();
        if (effects.frameRegister() >= 0
                && effects.isComplete()
                && frame.isKnown(effects.frameRegister())) {
            entry = frame.get(effects.frameRegister()) + effects.frameDepth();
        }
        caller.copyFrom(frame);
        caller.set(stackSlot, entry);
        int returnSlot = architecture.kind() == Kind.X86_64 ? 16 : architecture.link();
        if (!effects.isSaved(returnSlot) && !exact) {
            // It called another function, so its return address is no longer in a register.
            return false;
        }
        for (int slot = 0; slot < architecture.slots() && slot < 32; slot++) {
            if (effects.isSaved(slot)) {
                caller.set(slot, memory.word(entry + effects.offset(slot)));
            }
        }
        if (memory.failed() || !caller.isKnown(returnSlot)) {
            return false;
        }
        caller.pc(caller.get(returnSlot));
        if (leaveTrap(module, linked, caller)) {
            return true;
        }
        method = UnwindMethod.PROLOGUE;
        return isPlausible(caller);
    }

    private boolean outsideCode(RegisterFile frame, boolean exact, RegisterFile caller) {
        if (exact) {
            // A call of a bad pointer: nothing was pushed but, at most, the return address.
            caller.copyFrom(frame);
            method = UnwindMethod.PROLOGUE;
            if (architecture.link() >= 0) {
                caller.pc(frame.get(architecture.link()));
            } else {
                caller.pc(memory.word(frame.stackPointer()));
                caller.set(architecture.stackPointer(), frame.stackPointer() + 8);
            }
            if (!memory.failed() && guesses.isReturnAddress(caller.pc())) {
                return true;
            }
        }
        return retry() && guess(frame, caller);
    }

    private boolean guess(RegisterFile frame, RegisterFile caller) {
        if (guesses.byFramePointer(frame, caller)) {
            method = UnwindMethod.FRAME_POINTER;
            return true;
        }
        memory.takeFailure();
        method = UnwindMethod.SCAN;
        return guesses.byScan(frame, caller);
    }

    private boolean isPlausible(RegisterFile caller) {
        long address = caller.pc() & architecture.mask();
        return address == 0
                || address == architecture.mask()
                || (architecture.kind() == Kind.ARM && CortexMException.isReturn(address))
                || moduleAt(architecture.codeAddress(address)) != null;
    }
}
