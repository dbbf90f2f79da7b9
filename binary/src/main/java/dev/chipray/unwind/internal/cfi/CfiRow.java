package dev.chipray.unwind.internal.cfi;

import dev.chipray.bytes.ByteView;
import org.jspecify.annotations.Nullable;

/// How to find the caller's registers anywhere in a range of code; immutable, for any thread.
///
/// Columns are parallel arrays over the registers that have a rule: applying a row needs no lookup and no garbage.
public final class CfiRow {
    /// What a rule says.
    public enum Kind {
        UNDEFINED,
        SAME,
        OFFSET,
        VALUE_OFFSET,
        REGISTER,
        EXPRESSION,
        VALUE_EXPRESSION
    }

    final long start;
    final long end;
    final int cfaRegister;
    final long cfaOffset;
    final @Nullable ByteView cfaExpression;
    final int[] registers;
    final Kind[] kinds;
    final long[] operands;
    final @Nullable ByteView[] expressions;
    final int returnRegister;
    final boolean signal;

    CfiRow(
            long start,
            long end,
            int cfaRegister,
            long cfaOffset,
            @Nullable ByteView cfaExpression,
            int[] registers,
            Kind[] kinds,
            long[] operands,
            @Nullable ByteView[] expressions,
            int returnRegister,
            boolean signal) {
        this.start = start;
        this.end = end;
        this.cfaRegister = cfaRegister;
        this.cfaOffset = cfaOffset;
        this.cfaExpression = cfaExpression;
        this.registers = registers;
        this.kinds = kinds;
        this.operands = operands;
        this.expressions = expressions;
        this.returnRegister = returnRegister;
        this.signal = signal;
    }

    /// Whether it holds at an address.
    public boolean contains(long address) {
        return Long.compareUnsigned(address - start, end - start) < 0;
    }

    /// The first address it holds for.
    public long start() {
        return start;
    }

    /// The address after the last one.
    public long end() {
        return end;
    }

    /// The register that the canonical frame address is counted from, -1 when an expression says it.
    public int cfaRegister() {
        return cfaExpression == null ? cfaRegister : -1;
    }

    /// What is added to the register.
    public long cfaOffset() {
        return cfaOffset;
    }

    /// The number of registers with a rule.
    public int size() {
        return registers.length;
    }

    /// The DWARF number of the register of a rule.
    public int register(int index) {
        return registers[index];
    }

    /// What a rule says.
    public Kind kind(int index) {
        return kinds[index];
    }

    /// The offset or register of a rule.
    public long operand(int index) {
        return operands[index];
    }

    /// Whether the function is entered by an interruption.
    public boolean isSignal() {
        return signal;
    }

    /// The DWARF number of the return address column.
    public int returnRegister() {
        return returnRegister;
    }
}
