package dev.chipray.dwarf.location;

import java.util.OptionalLong;

/// What became of the evaluation of an expression.
public sealed interface Outcome {
    /// It led to a location.
    ///
    /// @param location the location
    record Found(Location location) implements Outcome {}

    /// It needs something that is not known.
    ///
    /// @param reason what is missing, as a part of a sentence: "register 4 is not known"
    record Unavailable(String reason) implements Outcome {}

    /// The number on top of the stack, which is what expressions of call frame information and of sizes mean; empty
    /// when there is none.
    default OptionalLong number() {
        return switch (this) {
            case Found(Location.InMemory(long address)) -> OptionalLong.of(address);
            case Found(Location.Value(long bits, int _)) -> OptionalLong.of(bits);
            case Found(Location _), Unavailable(String _) -> OptionalLong.empty();
        };
    }
}
