package dev.chipray.dwarf.location;

import dev.chipray.bytes.ByteView;
import dev.chipray.dwarf.location.internal.Machine;

/// A DWARF expression: immutable, and any thread may evaluate it.
///
/// @param bytes the operations, in the target's byte order
/// @param encoding the sizes it is written with
public record Expression(ByteView bytes, Encoding encoding) {

    /// Evaluates it with `initial` on the stack, as call frame information does with the canonical frame address.
    ///
    /// Throws [dev.chipray.bytes.MalformedException] for an unknown operation, an operand past the end, an empty or
    /// overflowing stack, and too many steps.
    public Outcome evaluate(EvaluationContext context, long... initial) {
        return new Machine(encoding, context).run(bytes, initial);
    }

    /// The operations as text, one by one, as `llvm-dwarfdump` and `readelf` print them.
    @Override
    public String toString() {
        return dev.chipray.dwarf.location.internal.ExpressionPrinter.print(bytes, encoding);
    }
}
