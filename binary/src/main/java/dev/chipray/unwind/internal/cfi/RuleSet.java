package dev.chipray.unwind.internal.cfi;

import dev.chipray.bytes.ByteView;
import dev.chipray.unwind.internal.cfi.CfiRow.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules at a point of an instruction stream, while it runs; for one thread.
///
/// A function saves a dozen registers at most, so a list is searched; a limit keeps hostile input from growing it.
final class RuleSet {
    private static final int MOST_RULES = 512;

    private record Rule(int register, Kind kind, long operand, @Nullable ByteView expression) {}

    private final List<Rule> rules = new ArrayList<>();
    int cfaRegister;
    long cfaOffset;
    @Nullable ByteView cfaExpression;

    RuleSet() {}

    RuleSet(RuleSet other) {
        copyFrom(other);
    }

    void copyFrom(RuleSet other) {
        rules.clear();
        rules.addAll(other.rules);
        cfaRegister = other.cfaRegister;
        cfaOffset = other.cfaOffset;
        cfaExpression = other.cfaExpression;
    }

    /// Sets a rule; false when there are too many.
    boolean set(int register, Kind kind, long operand, @Nullable ByteView expression) {
        remove(register);
        return rules.size() < MOST_RULES
                && rules.add(new Rule(register, kind, operand, expression));
    }

    /// Back to having no rule.
    void remove(int register) {
        rules.removeIf(rule -> rule.register == register);
    }

    /// Takes a register's rule from another set.
    void restore(int register, RuleSet initial) {
        remove(register);
        for (Rule rule : initial.rules) {
            if (rule.register == register) {
                rules.add(rule);
            }
        }
    }

    CfiRow row(long start, long end, CommonInformation common) {
        List<Rule> sorted = new ArrayList<>(rules);
        sorted.sort(Comparator.comparingInt(Rule::register));
        int size = sorted.size();
        int[] registers = new int[size];
        Kind[] kinds = new Kind[size];
        long[] operands = new long[size];
        @Nullable ByteView[] expressions = new @Nullable ByteView[size];
        Arrays.fill(kinds, Kind.SAME);
        for (int i = 0; i < size; i++) {
            Rule rule = sorted.get(i);
            registers[i] = rule.register;
            kinds[i] = rule.kind;
            operands[i] = rule.operand;
            expressions[i] = rule.expression;
        }
        return new CfiRow(
                start,
                end,
                cfaRegister,
                cfaOffset,
                cfaExpression,
                registers,
                kinds,
                operands,
                expressions,
                common.returnRegister(),
                common.signal());
    }
}
