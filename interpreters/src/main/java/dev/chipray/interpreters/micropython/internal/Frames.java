package dev.chipray.interpreters.micropython.internal;

import dev.chipray.interpreters.InterpreterFrame;
import dev.chipray.interpreters.micropython.ObjectType;
import dev.chipray.interpreters.micropython.Prelude;
import dev.chipray.interpreters.micropython.TypeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Recognises the code states of running bytecode; for one thread.
///
/// A code state names its function, an instruction inside that function's bytecode and a stack pointer inside itself,
/// so that hardly anything else looks like one. A state that has ended can still lie in a gap of a live stack frame:
/// what is found by scanning is a fall-back for where debug information does not lead to the state.
public final class Frames {
    private static final int CODE_LIMIT = 1 << 16;
    private static final int STACK_LIMIT = 1 << 20;
    private static final int STATE_LIMIT = 1 << 16;

    private final Snapshot snapshot;
    private final TargetBytes memory;
    private final StructView state;
    private final StructView function;

    /// Recognises states in a snapshot.
    public Frames(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.memory = snapshot.memory();
        this.state = snapshot.view("mp_code_state_t");
        this.function = snapshot.view("mp_obj_fun_bc_t");
    }

    /// The frame of the code state at an address, empty when none is there; `instruction` is where execution is when
    /// that is better known than the state itself has it.
    public Optional<InterpreterFrame> at(long address, OptionalLong instruction) {
        if (!state.exists() || !memory.mapped(address, state.size())) {
            return Optional.empty();
        }
        // Until 1.8 a state pointed to bytecode; since then it points to the function.
        long fun = state.get(address, "fun_bc");
        Optional<ObjectType> type = fun == 0 ? Optional.empty() : snapshot.types().of(fun);
        if (type.isEmpty()
                || (type.get().kind() != TypeKind.FUNCTION
                        && type.get().kind() != TypeKind.GENERATOR_FUNCTION)) {
            return Optional.empty();
        }
        Optional<Prelude> found = snapshot.bytecode().ofFunction(fun);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Prelude prelude = found.get();
        long own = state.get(address, "ip");
        if (prelude.states() > STATE_LIMIT
                || !isInside(own, fun, prelude)
                || !stackFits(address, prelude)) {
            return Optional.empty();
        }
        long ip =
                instruction.isPresent() && isInside(instruction.getAsLong(), fun, prelude)
                        ? instruction.getAsLong()
                        : own;
        int line = snapshot.bytecode().line(prelude, ip);
        return Optional.of(
                new InterpreterFrame(address, fun, prelude.name(), prelude.file(), line));
    }

    private boolean isInside(long ip, long fun, Prelude prelude) {
        long code = function.get(fun, "bytecode");
        long size = snapshot.allocationAt(code);
        long end = size > 0 ? code + size : prelude.opcodes() + CODE_LIMIT;
        return ip >= prelude.opcodes() && ip <= end;
    }

    private boolean stackFits(long address, Prelude prelude) {
        if (state.has("n_state") && state.get(address, "n_state") != prelude.states()) {
            return false;
        }
        int word = snapshot.words().size();
        long bottom = address + state.offset("state");
        long sp = state.get(address, "sp");
        return sp >= bottom - word
                && sp < bottom + prelude.states() * word
                && (sp - bottom) % word == 0;
    }

    /// The frames on a stack between its lowest used address and its top, innermost first. States that live on the
    /// heap are found through the pointers to them.
    public List<InterpreterFrame> scan(long low, long high) {
        int word = memory.wordSize();
        long start = (low + word - 1) & -word;
        long end = Math.min(high, start + STACK_LIMIT);
        List<InterpreterFrame> frames = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (long at = start; at + word <= end; at += word) {
            long pointer = memory.word(at);
            if (pointer >= at && pointer < end) {
                continue;
            }
            // In place: the first word of a state is its function.
            Optional<InterpreterFrame> frame = at(at, OptionalLong.empty());
            if (frame.isEmpty()
                    && snapshot.areaOf(pointer) != null
                    && (pointer & (word - 1)) == 0) {
                frame = at(pointer, OptionalLong.empty());
            }
            if (frame.isPresent() && seen.add(frame.get().state())) {
                frames.add(frame.get());
            }
        }
        return frames;
    }
}
