package dev.chipray.dwarf.location.internal;

import static dev.chipray.dwarf.location.internal.Operations.*;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.dwarf.location.BaseEncoding;
import dev.chipray.dwarf.location.Encoding;
import dev.chipray.dwarf.location.EvaluationContext;
import dev.chipray.dwarf.location.Location;
import dev.chipray.dwarf.location.Outcome;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Runs one expression; for one thread, once. Ends after a bounded number of steps on any input.
public final class Machine {
    private static final int STEP_LIMIT = 10_000;
    private static final int CALL_LIMIT = 16;
    private static final int PIECE_LIMIT = 4096;

    private final Encoding encoding;
    private final EvaluationContext context;
    private final OperandStack stack;
    private final List<Location.Piece> pieces = new ArrayList<>();
    private @Nullable Location location;
    private int steps;
    private int calls;

    /// Prepares a run.
    public Machine(Encoding encoding, EvaluationContext context) {
        this.encoding = encoding;
        this.context = context;
        this.stack = new OperandStack(encoding.addressSize());
    }

    /// Ends a run that needs something unknown.
    private static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Missing(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }

    private static long need(OptionalLong value, String what) {
        if (value.isEmpty()) {
            throw new Missing(what + " is not known");
        }
        return value.getAsLong();
    }

    private static <T> T need(Optional<T> value, String what) {
        return value.orElseThrow(() -> new Missing(what + " is not known"));
    }

    /// Runs an expression with some values on the stack.
    public Outcome run(ByteView expression, long... initial) {
        try {
            for (long value : initial) {
                stack.push(value);
            }
            execute(expression);
            return new Outcome.Found(result());
        } catch (Missing missing) {
            return new Outcome.Unavailable(missing.reason);
        }
    }

    private Location result() {
        if (!pieces.isEmpty()) {
            return new Location.Composite(pieces);
        }
        return current();
    }

    /// The location that the operations since the last piece describe.
    private Location current() {
        Location found = location;
        location = null;
        if (found != null) {
            return found;
        }
        return stack.size() == 0
                ? new Location.OptimizedOut()
                : new Location.InMemory(stack.pop().bits());
    }

    private void execute(ByteView expression) {
        ByteCursor cursor = expression.cursor();
        while (cursor.hasRemaining()) {
            long start = cursor.position();
            if (++steps > STEP_LIMIT) {
                throw cursor.malformed(
                        start, "expression of more than " + STEP_LIMIT + " steps", steps);
            }
            int code = standard(cursor.u8());
            try {
                step(code, cursor, start);
            } catch (OperandStack.StackException e) {
                throw cursor.malformed(start, e.getMessage() + " for DW_OP_" + name(code), code);
            }
        }
    }

    private void step(int code, ByteCursor cursor, long start) {
        if (code >= LIT0 && code <= LIT31) {
            stack.push(code - LIT0);
        } else if (code >= REG0 && code <= REG31) {
            location = new Location.InRegister(code - REG0);
        } else if (code >= BREG0 && code <= BREG31) {
            stack.push(register(code - BREG0) + cursor.sleb128());
        } else if (code >= ADDR && code <= CONSTS && code != DEREF) {
            constant(code, cursor, start);
        } else if (code >= DUP && code <= ROT) {
            shuffle(code, cursor);
        } else if ((code >= ABS && code <= XOR) || (code >= EQ && code <= NE)) {
            compute(code, cursor, start);
        } else if (code >= CONST_TYPE && code <= REINTERPRET) {
            typed(code, cursor, start);
        } else {
            other(code, cursor, start);
        }
    }

    private void constant(int code, ByteCursor cursor, long start) {
        stack.push(
                switch (code) {
                    case ADDR -> cursor.address(encoding.addressSize()) + context.loadBias();
                    case CONST1U -> cursor.u8();
                    case CONST1S -> cursor.s8();
                    case CONST2U -> cursor.u16();
                    case CONST2S -> cursor.s16();
                    case CONST4U -> cursor.u32();
                    case CONST4S -> cursor.s32();
                    case CONST8U, CONST8S -> cursor.u64();
                    case CONSTU -> cursor.uleb128();
                    case CONSTS -> cursor.sleb128();
                    default -> throw unknown(code, cursor, start);
                });
    }

    private static MalformedException unknown(int code, ByteCursor cursor, long start) {
        return cursor.malformed(start, "unknown operation of an expression", code);
    }

    private void shuffle(int code, ByteCursor cursor) {
        switch (code) {
            case DUP -> stack.push(stack.peek(0));
            case DROP -> stack.pop();
            case OVER -> stack.push(stack.peek(1));
            case PICK -> stack.push(stack.peek(cursor.u8()));
            case SWAP -> stack.swap();
            case ROT -> stack.rotate();
            // XDEREF: no target here has several address spaces in its expressions.
            default -> throw new Missing("memory of another address space");
        }
    }

    private void compute(int code, ByteCursor cursor, long start) {
        switch (code) {
            case ABS -> stack.push(Arithmetic.absolute(stack.pop()));
            case NEG -> stack.push(Arithmetic.negated(stack.pop()));
            case NOT -> {
                Typed value = stack.pop();
                stack.push(new Typed(~value.bits(), value.type()));
            }
            case PLUS_UCONST -> {
                Typed value = stack.pop();
                stack.push(new Typed(value.bits() + cursor.uleb128(), value.type()));
            }
            default -> {
                Typed right = stack.pop();
                Typed left = stack.pop();
                Typed value = Arithmetic.binary(code, left, right, stack.generic);
                if (value == null) {
                    throw cursor.malformed(
                            start, "DW_OP_" + name(code) + " has no result for its operands", code);
                }
                stack.push(value);
            }
        }
    }

    private void typed(int code, ByteCursor cursor, long start) {
        switch (code) {
            case CONST_TYPE -> {
                BaseEncoding type = baseType(cursor.uleb128());
                ByteView bytes = cursor.slice(cursor.u8());
                if (bytes.size() != type.size()) {
                    throw cursor.malformed(
                            start, "constant of another size than its type", bytes.size());
                }
                stack.push(new Typed(bytes.unsigned(0, type.size()), type));
            }
            case REGVAL_TYPE -> {
                int register = registerNumber(cursor);
                BaseEncoding type = baseType(cursor.uleb128());
                stack.push(new Typed(register(register), type));
            }
            case DEREF_TYPE -> {
                int size = cursor.u8();
                BaseEncoding type = baseType(cursor.uleb128());
                stack.push(new Typed(memory(stack.pop().bits(), size, cursor, start), type));
            }
            case CONVERT, REINTERPRET -> {
                long offset = cursor.uleb128();
                BaseEncoding type = offset == 0 ? stack.generic : baseType(offset);
                Typed value = stack.pop();
                stack.push(code == CONVERT ? value.convert(type) : new Typed(value.bits(), type));
            }
            default -> throw new Missing("memory of another address space");
        }
    }

    private BaseEncoding baseType(long offset) {
        BaseEncoding type =
                need(context.baseType(offset), "the base type at 0x%x".formatted(offset));
        boolean fits =
                type.isFloat()
                        ? type.size() == 4 || type.size() == 8
                        : type.size() >= 1 && type.size() <= 8;
        if (!fits) {
            throw new Missing("a value of " + type.size() + " bytes");
        }
        return type;
    }

    private void other(int code, ByteCursor cursor, long start) {
        switch (code) {
            case DEREF ->
                    stack.push(memory(stack.pop().bits(), encoding.addressSize(), cursor, start));
            case DEREF_SIZE -> {
                int size = cursor.u8();
                stack.push(memory(stack.pop().bits(), size, cursor, start));
            }
            case BRA -> {
                int distance = cursor.s16();
                if (stack.pop().bits() != 0) {
                    jump(cursor, distance, start);
                }
            }
            case SKIP -> jump(cursor, cursor.s16(), start);
            case REGX -> location = new Location.InRegister(registerNumber(cursor));
            case FBREG ->
                    stack.push(need(context.frameBase(), "the frame base") + cursor.sleb128());
            case BREGX -> {
                int register = registerNumber(cursor);
                stack.push(register(register) + cursor.sleb128());
            }
            case PIECE ->
                    piece(
                            Math.min(cursor.uleb128() & Long.MAX_VALUE, Long.MAX_VALUE / 8) * 8,
                            0,
                            cursor,
                            start);
            case BIT_PIECE -> {
                long size = cursor.uleb128() & Long.MAX_VALUE;
                piece(size, cursor.uleb128() & Long.MAX_VALUE, cursor, start);
            }
            case NOP -> {}
            case PUSH_OBJECT_ADDRESS ->
                    stack.push(need(context.objectAddress(), "the address of the object"));
            case CALL2 -> call(context.expressionInUnit(cursor.u16()), cursor, start);
            case CALL4 -> call(context.expressionInUnit(cursor.u32()), cursor, start);
            case CALL_REF -> call(context.expression(reference(cursor)), cursor, start);
            case FORM_TLS_ADDRESS ->
                    stack.push(
                            need(
                                    context.threadLocal(stack.pop().bits()),
                                    "the storage of the thread"));
            case CALL_FRAME_CFA ->
                    stack.push(
                            need(context.canonicalFrameAddress(), "the canonical frame address"));
            case IMPLICIT_VALUE -> location = new Location.Bytes(cursor.slice(cursor.uleb128()));
            case STACK_VALUE -> {
                Typed value = stack.pop();
                location = new Location.Value(value.bits(), value.type().size());
            }
            case IMPLICIT_POINTER -> {
                long entry = reference(cursor);
                location = new Location.ImplicitPointer(entry, cursor.sleb128());
            }
            case ADDRX -> stack.push(tableEntry(cursor) + context.loadBias());
            case CONSTX -> stack.push(tableEntry(cursor));
            case ENTRY_VALUE -> {
                ByteView expression = cursor.slice(cursor.uleb128());
                stack.push(
                        need(context.entryValue(expression), "the value at the function's entry"));
            }
            case GNU_PARAMETER_REF ->
                    stack.push(
                            need(
                                    context.parameterValue(cursor.u32()),
                                    "the parameter at the call"));
            case GNU_VARIABLE_VALUE ->
                    stack.push(need(context.variableValue(reference(cursor)), "the variable"));
            default -> throw unknown(code, cursor, start);
        }
    }

    private long tableEntry(ByteCursor cursor) {
        return need(context.indexedAddress(cursor.uleb128()), "the entry of the address table");
    }

    private long reference(ByteCursor cursor) {
        // DWARF 2 wrote references to entries in the size of an address.
        return cursor.unsigned(
                encoding.version() <= 2 ? encoding.addressSize() : encoding.offsetSize());
    }

    private static int registerNumber(ByteCursor cursor) {
        long start = cursor.position();
        long register = cursor.uleb128();
        if (register < 0 || register > Integer.MAX_VALUE) {
            throw cursor.malformed(start, "register number", register);
        }
        return (int) register;
    }

    private long register(int register) {
        return need(context.registers().read(register), "register " + register);
    }

    private long memory(long address, int size, ByteCursor cursor, long start) {
        if (size < 1 || size > 8) {
            throw cursor.malformed(start, "size of a value in memory", size);
        }
        byte[] bytes = new byte[size];
        if (!context.memory().readFully(address, bytes)) {
            throw new Missing("memory at 0x%x".formatted(address));
        }
        ByteOrder order = cursor.view().order();
        return ByteView.of(bytes, "memory").as(order, 4).unsigned(0, size);
    }

    private static void jump(ByteCursor cursor, int distance, long start) {
        long target = cursor.position() + distance;
        if (target < 0 || target > cursor.view().size()) {
            throw cursor.malformed(start, "jump out of the expression", target);
        }
        cursor.position(target);
    }

    private void piece(long bitSize, long bitOffset, ByteCursor cursor, long start) {
        if (pieces.size() == PIECE_LIMIT) {
            throw cursor.malformed(start, "more than " + PIECE_LIMIT + " pieces", bitSize);
        }
        pieces.add(new Location.Piece(current(), bitSize, bitOffset));
    }

    private void call(Optional<ByteView> expression, ByteCursor cursor, long start) {
        if (++calls > CALL_LIMIT) {
            throw cursor.malformed(start, "calls nested more than " + CALL_LIMIT + " deep", calls);
        }
        execute(need(expression, "the expression that is called"));
        calls--;
    }
}
