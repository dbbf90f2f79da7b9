package dev.chipray.unwind.internal.cfi;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.unwind.internal.cfi.CfiRow.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Runs the instructions of one frame description; for one thread, once. The work is bounded by the number of bytes.
final class CfiProgram {
    private static final int ADVANCE = 0x40;
    private static final int OFFSET = 0x80;
    private static final int RESTORE = 0xc0;
    private static final int OPERAND = 0x3f;

    private static final int NOP = 0x00;
    private static final int SET_LOC = 0x01;
    private static final int ADVANCE_LOC1 = 0x02;
    private static final int ADVANCE_LOC2 = 0x03;
    private static final int ADVANCE_LOC4 = 0x04;
    private static final int OFFSET_EXTENDED = 0x05;
    private static final int RESTORE_EXTENDED = 0x06;
    private static final int UNDEFINED = 0x07;
    private static final int SAME_VALUE = 0x08;
    private static final int REGISTER = 0x09;
    private static final int REMEMBER_STATE = 0x0a;
    private static final int RESTORE_STATE = 0x0b;
    private static final int DEF_CFA = 0x0c;
    private static final int DEF_CFA_REGISTER = 0x0d;
    private static final int DEF_CFA_OFFSET = 0x0e;
    private static final int DEF_CFA_EXPRESSION = 0x0f;
    private static final int EXPRESSION = 0x10;
    private static final int OFFSET_EXTENDED_SF = 0x11;
    private static final int DEF_CFA_SF = 0x12;
    private static final int DEF_CFA_OFFSET_SF = 0x13;
    private static final int VAL_OFFSET = 0x14;
    private static final int VAL_OFFSET_SF = 0x15;
    private static final int VAL_EXPRESSION = 0x16;
    private static final int MIPS_ADVANCE_LOC8 = 0x1d;
    private static final int GNU_WINDOW_SAVE = 0x2d;
    private static final int GNU_ARGS_SIZE = 0x2e;
    private static final int GNU_NEGATIVE_OFFSET_EXTENDED = 0x2f;

    private static final int DEEPEST_STATE = 256;

    private final FrameSection section;
    private final FrameSection.Description description;
    private final CommonInformation common;
    private final ByteView bytes;
    private final Predicate<CfiRow> sink;
    private final RuleSet rules = new RuleSet();
    private final RuleSet initial = new RuleSet();
    private final Deque<RuleSet> remembered = new ArrayDeque<>();
    private long location;
    private boolean done;

    /// Prepares a run that gives every row to `sink` until that returns false.
    CfiProgram(FrameSection section, FrameSection.Description description, Predicate<CfiRow> sink) {
        this.section = section;
        this.description = description;
        this.common = description.common();
        this.bytes = section.bytes();
        this.sink = sink;
    }

    void run() {
        location = description.start();
        // Common instructions define where every function starts; they make no rows of their own.
        execute(common.instructions(), common.end(), true);
        initial.copyFrom(rules);
        execute(description.instructions(), description.instructionsEnd(), false);
        if (!done) {
            emit(description.end());
        }
    }

    private void emit(long end) {
        if (Long.compareUnsigned(location, end) < 0) {
            done = !sink.test(rules.row(location, end, common));
        }
    }

    private void advance(long target, ByteCursor cursor, long at, boolean isCommon) {
        if (isCommon) {
            return;
        }
        if (Long.compareUnsigned(target, location) < 0) {
            throw cursor.malformed(at, "frame instructions go backwards", target);
        }
        emit(target);
        location = target;
    }

    private void execute(long from, long to, boolean isCommon) {
        ByteCursor cursor = bytes.slice(0, to).cursor(from);
        while (cursor.hasRemaining() && !done) {
            long at = cursor.position();
            int code = cursor.u8();
            int operand = code & OPERAND;
            switch (code & ~OPERAND) {
                case ADVANCE ->
                        advance(location + operand * common.codeAlignment(), cursor, at, isCommon);
                case OFFSET ->
                        set(cursor, at, operand, Kind.OFFSET, scaled(cursor.uleb128()), null);
                case RESTORE -> rules.restore(operand, initial);
                default -> extended(cursor, at, code, isCommon);
            }
        }
    }

    private void extended(ByteCursor cursor, long at, int code, boolean isCommon) {
        switch (code) {
            case NOP, GNU_WINDOW_SAVE -> {
                // Nothing that a reader of these architectures needs.
            }
            case SET_LOC ->
                    advance(
                            PointerEncoding.read(
                                    cursor,
                                    common.pointerEncoding(),
                                    common.addressSize(),
                                    section.address()),
                            cursor,
                            at,
                            isCommon);
            case ADVANCE_LOC1 -> advance(location + factored(cursor.u8()), cursor, at, isCommon);
            case ADVANCE_LOC2 -> advance(location + factored(cursor.u16()), cursor, at, isCommon);
            case ADVANCE_LOC4 -> advance(location + factored(cursor.u32()), cursor, at, isCommon);
            case MIPS_ADVANCE_LOC8 ->
                    advance(location + factored(cursor.u64()), cursor, at, isCommon);
            case REMEMBER_STATE -> remember(cursor, at);
            case RESTORE_STATE -> {
                if (remembered.isEmpty()) {
                    throw cursor.malformed(at, "no state to restore", 0);
                }
                rules.copyFrom(remembered.pop());
            }
            case GNU_ARGS_SIZE -> cursor.uleb128();
            case DEF_CFA, DEF_CFA_SF, DEF_CFA_REGISTER, DEF_CFA_OFFSET, DEF_CFA_OFFSET_SF ->
                    defineFrameAddress(cursor, at, code);
            case DEF_CFA_EXPRESSION -> rules.cfaExpression = cursor.slice(cursor.uleb128());
            default -> rule(cursor, at, code);
        }
    }

    private void remember(ByteCursor cursor, long at) {
        if (remembered.size() == DEEPEST_STATE) {
            throw cursor.malformed(at, "too many states to remember", DEEPEST_STATE);
        }
        remembered.push(new RuleSet(rules));
    }

    private void defineFrameAddress(ByteCursor cursor, long at, int code) {
        if (code != DEF_CFA_OFFSET && code != DEF_CFA_OFFSET_SF) {
            rules.cfaRegister = register(cursor, at);
            rules.cfaExpression = null;
        }
        switch (code) {
            case DEF_CFA, DEF_CFA_OFFSET -> rules.cfaOffset = cursor.uleb128();
            case DEF_CFA_SF, DEF_CFA_OFFSET_SF -> rules.cfaOffset = scaled(cursor.sleb128());
            default -> {
                // Only the register changes.
            }
        }
    }

    private void rule(ByteCursor cursor, long at, int code) {
        if (code < OFFSET_EXTENDED
                || (code > VAL_EXPRESSION && code != GNU_NEGATIVE_OFFSET_EXTENDED)) {
            throw cursor.malformed(at, "unknown frame instruction", code);
        }
        int register = register(cursor, at);
        switch (code) {
            case OFFSET_EXTENDED ->
                    set(cursor, at, register, Kind.OFFSET, scaled(cursor.uleb128()), null);
            case OFFSET_EXTENDED_SF ->
                    set(cursor, at, register, Kind.OFFSET, scaled(cursor.sleb128()), null);
            case GNU_NEGATIVE_OFFSET_EXTENDED ->
                    set(cursor, at, register, Kind.OFFSET, -scaled(cursor.uleb128()), null);
            case VAL_OFFSET ->
                    set(cursor, at, register, Kind.VALUE_OFFSET, scaled(cursor.uleb128()), null);
            case VAL_OFFSET_SF ->
                    set(cursor, at, register, Kind.VALUE_OFFSET, scaled(cursor.sleb128()), null);
            case RESTORE_EXTENDED -> rules.restore(register, initial);
            case UNDEFINED -> set(cursor, at, register, Kind.UNDEFINED, 0, null);
            case SAME_VALUE -> set(cursor, at, register, Kind.SAME, 0, null);
            case REGISTER -> set(cursor, at, register, Kind.REGISTER, register(cursor, at), null);
            case EXPRESSION ->
                    set(cursor, at, register, Kind.EXPRESSION, 0, cursor.slice(cursor.uleb128()));
            case VAL_EXPRESSION ->
                    set(
                            cursor,
                            at,
                            register,
                            Kind.VALUE_EXPRESSION,
                            0,
                            cursor.slice(cursor.uleb128()));
            default -> throw cursor.malformed(at, "unknown frame instruction", code);
        }
    }

    private void set(
            ByteCursor cursor,
            long at,
            int register,
            Kind kind,
            long operand,
            @Nullable ByteView expression) {
        if (!rules.set(register, kind, operand, expression)) {
            throw cursor.malformed(at, "too many registers with a rule", register);
        }
    }

    private long factored(long advance) {
        return advance * common.codeAlignment();
    }

    private long scaled(long offset) {
        return offset * common.dataAlignment();
    }

    private static int register(ByteCursor cursor, long at) {
        long register = cursor.uleb128();
        if (register < 0 || register > 0xffff) {
            throw cursor.malformed(at, "register of a frame instruction", register);
        }
        return (int) register;
    }
}
