package dev.chipray.ctype.internal;

import dev.chipray.bytes.ByteView;
import dev.chipray.dwarf.AttributeValue;
import dev.chipray.dwarf.Die;
import dev.chipray.dwarf.DwarfUnit;
import dev.chipray.dwarf.location.Encoding;
import dev.chipray.dwarf.location.EvaluationContext;
import dev.chipray.dwarf.location.Expression;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the attributes of entries that are constants in most files and expressions in some.
public final class DieValues {
    private DieValues() {}

    /// The sizes that a unit's expressions are written with.
    public static Encoding encoding(DwarfUnit unit) {
        return new Encoding(unit.addressSize(), unit.is64() ? 8 : 4, unit.version());
    }

    /// The expression that an attribute holds, if it holds one: in DWARF 2 and 3 expressions look like blocks.
    public static Optional<Expression> expression(Die die, int attribute) {
        return switch (die.attribute(attribute)) {
            case AttributeValue.Expression(ByteView bytes) ->
                    Optional.of(new Expression(bytes, encoding(die.unit())));
            case AttributeValue.Block(ByteView bytes) ->
                    Optional.of(new Expression(bytes, encoding(die.unit())));
            case null, default -> Optional.empty();
        };
    }

    /// A constant, or the result of an expression that needs nothing but `initial` on its stack.
    public static OptionalLong constant(Die die, int attribute, long... initial) {
        if (die.attribute(attribute)
                instanceof AttributeValue.Constant(long value, int _, boolean _)) {
            return OptionalLong.of(value);
        }
        Optional<Expression> expression = expression(die, attribute);
        return expression.isPresent()
                ? expression.get().evaluate(staticContext(die.unit()), initial).number()
                : OptionalLong.empty();
    }

    /// What is known without a running target: the unit's address table.
    public static EvaluationContext staticContext(DwarfUnit unit) {
        return new EvaluationContext() {
            @Override
            public OptionalLong indexedAddress(long index) {
                return OptionalLong.of(unit.indexedAddress(index));
            }
        };
    }
}
