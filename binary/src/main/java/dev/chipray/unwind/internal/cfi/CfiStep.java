package dev.chipray.unwind.internal.cfi;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import dev.chipray.dwarf.location.Encoding;
import dev.chipray.dwarf.location.EvaluationContext;
import dev.chipray.dwarf.location.Expression;
import dev.chipray.unwind.Architecture;
import dev.chipray.unwind.internal.RegisterFile;
import dev.chipray.unwind.internal.StackMemory;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Applies a row to a frame's registers; for one thread.
///
/// A register without a rule keeps its value, as GCC means it: what a callee may change is either not used after the call or,
/// with inter-procedural register allocation, known not to be changed.
public final class CfiStep {
    private final Architecture architecture;
    private final StackMemory memory;
    private long canonicalFrameAddress;

    /// A step over a target's memory.
    public CfiStep(Architecture architecture, StackMemory memory) {
        this.architecture = architecture;
        this.memory = memory;
    }

    /// The canonical frame address that the last step computed.
    public long canonicalFrameAddress() {
        return canonicalFrameAddress;
    }

    /// Computes the canonical frame address, and says whether it is known.
    public boolean locate(CfiRow row, RegisterFile frame) {
        if (row.cfaExpression != null) {
            OptionalLong value = evaluate(row.cfaExpression, frame);
            canonicalFrameAddress = value.orElse(0) & architecture.mask();
            return value.isPresent();
        }
        int slot = architecture.slot(row.cfaRegister);
        if (!frame.isKnown(slot)) {
            return false;
        }
        canonicalFrameAddress = (frame.get(slot) + row.cfaOffset) & architecture.mask();
        return true;
    }

    /// Fills the registers of the caller and returns what the return address column says: a value in `caller.pc()`,
    /// or false when the frame is the outermost one or the address is not known.
    public boolean apply(CfiRow row, RegisterFile frame, RegisterFile caller) {
        if (!locate(row, frame)) {
            return false;
        }
        caller.copyFrom(frame);
        caller.set(architecture.stackPointer(), canonicalFrameAddress);
        for (int i = 0; i < row.registers.length; i++) {
            int slot = architecture.slot(row.registers[i]);
            if (slot >= 0) {
                apply(row, i, slot, frame, caller);
            }
        }
        int returnSlot = architecture.slot(row.returnRegister);
        if (!caller.isKnown(returnSlot)) {
            return false;
        }
        caller.pc(caller.get(returnSlot));
        return true;
    }

    private void apply(CfiRow row, int i, int slot, RegisterFile frame, RegisterFile caller) {
        switch (row.kinds[i]) {
            case UNDEFINED -> caller.forget(slot);
            case SAME -> copy(frame, slot, caller, slot);
            case OFFSET -> load(caller, slot, canonicalFrameAddress + row.operands[i]);
            case VALUE_OFFSET -> caller.set(slot, canonicalFrameAddress + row.operands[i]);
            case REGISTER -> copy(frame, architecture.slot((int) row.operands[i]), caller, slot);
            case EXPRESSION -> {
                OptionalLong address = evaluate(row.expressions[i], frame);
                if (address.isPresent()) {
                    load(caller, slot, address.getAsLong());
                } else {
                    caller.forget(slot);
                }
            }
            case VALUE_EXPRESSION -> {
                OptionalLong value = evaluate(row.expressions[i], frame);
                if (value.isPresent()) {
                    caller.set(slot, value.getAsLong());
                } else {
                    caller.forget(slot);
                }
            }
        }
    }

    private static void copy(RegisterFile frame, int from, RegisterFile caller, int to) {
        if (frame.isKnown(from)) {
            caller.set(to, frame.get(from));
        } else {
            caller.forget(to);
        }
    }

    private void load(RegisterFile caller, int slot, long address) {
        long value = memory.number(address, architecture.sizeOfSlot(slot));
        if (memory.failed()) {
            // Only a return address that is missing ends the unwind.
            caller.forget(slot);
            if (slot != architecture.slot(architecture.link())) {
                memory.takeFailure();
            }
        } else {
            caller.set(slot, value);
        }
    }

    private OptionalLong evaluate(@Nullable ByteView expression, RegisterFile frame) {
        if (expression == null) {
            return OptionalLong.empty();
        }
        Encoding encoding = new Encoding(architecture.wordSize(), 4, 5);
        EvaluationContext context =
                new EvaluationContext() {
                    @Override
                    public RegisterReader registers() {
                        return frame;
                    }

                    @Override
                    public MemoryReader memory() {
                        return memory.memory();
                    }
                };
        try {
            // The frame address is on the stack for register rules; expressions that define it push
            // what they need.
            return new Expression(expression, encoding)
                    .evaluate(context, canonicalFrameAddress)
                    .number();
        } catch (MalformedException _) {
            return OptionalLong.empty();
        }
    }
}
