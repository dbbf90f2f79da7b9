package dev.chipray.ctype.internal;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import dev.chipray.ctype.FrameAccess;
import dev.chipray.dwarf.AttributeValue;
import dev.chipray.dwarf.Die;
import dev.chipray.dwarf.DieOffset;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwTag;
import dev.chipray.dwarf.Dwarf;
import dev.chipray.dwarf.DwarfUnit;
import dev.chipray.dwarf.location.BaseEncoding;
import dev.chipray.dwarf.location.EvaluationContext;
import dev.chipray.dwarf.location.Expression;
import dev.chipray.dwarf.location.Location;
import dev.chipray.dwarf.location.LocationListReader;
import dev.chipray.dwarf.location.Outcome;
import dev.chipray.dwarf.location.RecoveredValue;
import dev.chipray.dwarf.location.ValueReader;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Evaluates locations in one frame, asking its callers for values at the entry; for one thread.
public final class FrameEvaluator {
    /// Values of callers may need those of their callers; and variables those of other variables.
    private static final int DEPTH_LIMIT = 12;

    private final Dwarf dwarf;
    private final FunctionFinder functions;
    private final CallSites calls;
    private final ByteOrder order;
    private final FrameAccess frame;
    private final int depth;

    /// An evaluator for a frame.
    public FrameEvaluator(
            Dwarf dwarf, FunctionFinder functions, ByteOrder order, FrameAccess frame) {
        this(dwarf, functions, order, frame, 0);
    }

    private FrameEvaluator(
            Dwarf dwarf, FunctionFinder functions, ByteOrder order, FrameAccess frame, int depth) {
        this.dwarf = dwarf;
        this.functions = functions;
        this.calls = new CallSites(functions);
        this.order = order;
        this.frame = frame;
        this.depth = depth;
    }

    /// The value of a variable of `size` bytes.
    public RecoveredValue read(Die variable, long size) {
        ValueReader reader = new ValueReader(frame.memory(), frame.registers(), order);
        return switch (locate(variable)) {
            case Outcome.Found(Location location) -> reader.read(location, size);
            case Outcome.Unavailable(String reason) -> {
                RecoveredValue nothing = reader.read(new Location.OptimizedOut(), size);
                yield new RecoveredValue(nothing.bytes(), nothing.known(), reason);
            }
        };
    }

    /// Where a variable is.
    public Outcome locate(Die variable) {
        Optional<Expression> expression = expression(variable, DwAt.LOCATION);
        if (expression.isPresent()) {
            return expression.get().evaluate(context(variable.unit()));
        }
        return constant(variable);
    }

    /// The expression of an attribute at the frame's instruction, from a location list or for all instructions.
    private Optional<Expression> expression(Die die, int attribute) {
        DwarfUnit unit = die.unit();
        LocationListReader lists =
                new LocationListReader(
                        DieValues.encoding(unit),
                        unit.baseAddress(),
                        index -> OptionalLong.of(unit.indexedAddress(index)));
        long address = frame.lookupAddress() - frame.loadBias();
        Optional<ByteView> bytes =
                switch (die.attribute(attribute)) {
                    case AttributeValue.Expression(ByteView expression) -> Optional.of(expression);
                    case AttributeValue.Block(ByteView expression) -> Optional.of(expression);
                    case AttributeValue.SectionOffset(long offset) ->
                            unit.version() >= 5
                                    ? lists.readLoclists(unit.section(".debug_loclists"), offset)
                                            .at(address)
                                    : lists.readLoc(unit.section(".debug_loc"), offset).at(address);
                    case AttributeValue.Constant(long offset, int _, boolean _) ->
                            lists.readLoc(unit.section(".debug_loc"), offset).at(address);
                    case AttributeValue.LocationListIndex(long index) ->
                            lists.readLoclists(
                                            unit.section(".debug_loclists"),
                                            unit.locationListOffset(index))
                                    .at(address);
                    case null, default -> Optional.empty();
                };
        return bytes.map(expression -> new Expression(expression, DieValues.encoding(unit)));
    }

    /// A variable without a place may have a value that never changes.
    private Outcome constant(Die variable) {
        Location location =
                switch (variable.inherited(DwAt.CONST_VALUE)) {
                    case AttributeValue.Constant(long value, int _, boolean _) ->
                            new Location.Value(value, 8);
                    case AttributeValue.Block(ByteView bytes) -> new Location.Bytes(bytes);
                    case null, default -> new Location.OptimizedOut();
                };
        return new Outcome.Found(location);
    }

    private EvaluationContext context(DwarfUnit unit) {
        return new EvaluationContext() {
            @Override
            public RegisterReader registers() {
                return frame.registers();
            }

            @Override
            public MemoryReader memory() {
                return frame.memory();
            }

            @Override
            public long loadBias() {
                return frame.loadBias();
            }

            @Override
            public OptionalLong frameBase() {
                return FrameEvaluator.this.frameBase();
            }

            @Override
            public OptionalLong canonicalFrameAddress() {
                return frame.canonicalFrameAddress();
            }

            @Override
            public OptionalLong entryValue(ByteView expression) {
                return fromCaller(DwAt.LOCATION, value -> isExpression(value, expression));
            }

            @Override
            public OptionalLong parameterValue(long unitOffset) {
                DieOffset parameter = entryInUnit(unit, unitOffset);
                OptionalLong value =
                        fromCaller(DwAt.CALL_PARAMETER, found -> refersTo(found, parameter));
                return value.isPresent()
                        ? value
                        : fromCaller(DwAt.ABSTRACT_ORIGIN, found -> refersTo(found, parameter));
            }

            @Override
            public OptionalLong variableValue(long entryOffset) {
                return FrameEvaluator.this.variableValue(new DieOffset(false, entryOffset));
            }

            @Override
            public OptionalLong indexedAddress(long index) {
                return OptionalLong.of(unit.indexedAddress(index));
            }

            @Override
            public Optional<BaseEncoding> baseType(long unitOffset) {
                Die die = dwarf.die(entryInUnit(unit, unitOffset));
                long size = die.number(DwAt.BYTE_SIZE, 0);
                boolean fits = die.tag() == DwTag.BASE_TYPE && size > 0 && size < 1 << 16;
                return fits
                        ? Optional.of(
                                new BaseEncoding((int) size, (int) die.number(DwAt.ENCODING, 0)))
                        : Optional.empty();
            }

            @Override
            public Optional<ByteView> expressionInUnit(long unitOffset) {
                return DieValues.expression(dwarf.die(entryInUnit(unit, unitOffset)), DwAt.LOCATION)
                        .map(Expression::bytes);
            }

            @Override
            public Optional<ByteView> expression(long entryOffset) {
                return DieValues.expression(
                                dwarf.die(new DieOffset(false, entryOffset)), DwAt.LOCATION)
                        .map(Expression::bytes);
            }
        };
    }

    private static DieOffset entryInUnit(DwarfUnit unit, long offset) {
        return new DieOffset(unit.offset().inTypes(), unit.offset().value() + offset);
    }

    private static boolean isExpression(@Nullable AttributeValue value, ByteView expression) {
        return switch (value) {
            case AttributeValue.Expression(ByteView bytes) -> sameBytes(bytes, expression);
            case AttributeValue.Block(ByteView bytes) -> sameBytes(bytes, expression);
            case null, default -> false;
        };
    }

    private static boolean sameBytes(ByteView left, ByteView right) {
        return left.size() == right.size() && left.segment().mismatch(right.segment()) < 0;
    }

    private static boolean refersTo(@Nullable AttributeValue value, DieOffset entry) {
        return value instanceof AttributeValue.Reference(DieOffset target) && target.equals(entry);
    }

    private OptionalLong variableValue(DieOffset entry) {
        if (depth >= DEPTH_LIMIT) {
            return OptionalLong.empty();
        }
        FrameEvaluator deeper = new FrameEvaluator(dwarf, functions, order, frame, depth + 1);
        Die die = dwarf.die(entry);
        int size = die.unit().addressSize();
        RecoveredValue value = deeper.read(die, size);
        return value.isComplete()
                ? OptionalLong.of(value.bytes().as(order, 4).unsigned(0, size))
                : OptionalLong.empty();
    }

    private Optional<Die> function() {
        return functions.find(frame.lookupAddress() - frame.loadBias());
    }

    private OptionalLong frameBase() {
        Die function = function().orElse(null);
        if (function == null || depth >= DEPTH_LIMIT) {
            return OptionalLong.empty();
        }
        Optional<Expression> expression = expression(function, DwAt.FRAME_BASE);
        if (expression.isEmpty()) {
            return OptionalLong.empty();
        }
        FrameEvaluator deeper = new FrameEvaluator(dwarf, functions, order, frame, depth + 1);
        Outcome outcome = expression.get().evaluate(deeper.context(function.unit()));
        // A frame base "in a register" means the address that the register holds.
        return outcome instanceof Outcome.Found(Location.InRegister(int register))
                ? frame.registers().read(register)
                : outcome.number();
    }

    @FunctionalInterface
    private interface Matcher {
        boolean matches(@Nullable AttributeValue value);
    }

    /// The value that the caller passed, when its call is known to have called this function, if need be through calls
    /// at the ends of others, and describes it.
    private OptionalLong fromCaller(int attribute, Matcher matcher) {
        FrameAccess caller = frame.caller().orElse(null);
        Die function = function().orElse(null);
        if (caller == null || function == null || depth >= DEPTH_LIMIT) {
            return OptionalLong.empty();
        }
        FrameEvaluator outer = new FrameEvaluator(dwarf, functions, order, caller, depth + 1);
        long returnAddress = caller.programCounter() - caller.loadBias();
        Die call =
                outer.function()
                        .flatMap(calling -> CallSites.returningTo(calling, returnAddress))
                        .orElse(null);
        Die called = call == null ? null : outer.calledBy(call).orElse(null);
        if (call == null || called == null) {
            return OptionalLong.empty();
        }
        if (!CallSites.standsFor(called, function)) {
            CallSites.TailCall jump = calls.tailCall(called, function).orElse(null);
            if (jump == null) {
                return OptionalLong.empty();
            }
            FrameAccess gone = new TailCallFrame(frame, caller, jump.address() + frame.loadBias());
            outer = new FrameEvaluator(dwarf, functions, order, gone, depth + 1);
            call = jump.site();
        }
        for (Die parameter : call.children()) {
            boolean describes =
                    parameter.tag() == DwTag.CALL_SITE_PARAMETER
                            || parameter.tag() == DwTag.GNU_CALL_SITE_PARAMETER;
            if (describes && matcher.matches(parameter.attribute(attribute))) {
                int value =
                        parameter.has(DwAt.CALL_VALUE) ? DwAt.CALL_VALUE : DwAt.GNU_CALL_SITE_VALUE;
                return outer.number(parameter, value);
            }
        }
        return OptionalLong.empty();
    }

    private OptionalLong number(Die die, int attribute) {
        if (die.attribute(attribute)
                instanceof AttributeValue.Constant(long value, int _, boolean _)) {
            return OptionalLong.of(value);
        }
        return DieValues.expression(die, attribute)
                .map(expression -> valueOf(expression.evaluate(context(die.unit()))))
                .orElse(OptionalLong.empty());
    }

    /// A call's value is computed like an address but means a number; one in a register is what the register holds.
    private OptionalLong valueOf(Outcome outcome) {
        return outcome instanceof Outcome.Found(Location.InRegister(int register))
                ? frame.registers().read(register)
                : outcome.number();
    }

    /// The function that a call of this frame's function called, with its code.
    private Optional<Die> calledBy(Die call) {
        Optional<Die> named = CallSites.named(call);
        if (named.isPresent()) {
            return calls.definition(named.get()).or(() -> named);
        }
        int target = call.has(DwAt.CALL_TARGET) ? DwAt.CALL_TARGET : DwAt.GNU_CALL_SITE_TARGET;
        OptionalLong address = number(call, target);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        // On Arm the lowest bit of a function's address says that it is Thumb code.
        long called = address.getAsLong() - frame.loadBias();
        return functions
                .find(called)
                .filter(function -> startsAt(function, called) || startsAt(function, called & ~1L));
    }

    private static boolean startsAt(Die function, long address) {
        return function.ranges().stream().anyMatch(range -> range.low() == address);
    }
}
