package dev.chipray.trace;

/// The strings, frames and stacks of one trace; what its `int` numbers mean.
public record CallStacks(StringTable strings, FrameTable frames, StackTable stacks) {

    /// New, empty tables.
    public static CallStacks create() {
        StringTable strings = new StringTable();
        return new CallStacks(strings, new FrameTable(strings), new StackTable());
    }
}
