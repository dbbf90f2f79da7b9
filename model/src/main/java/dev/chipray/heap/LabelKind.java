package dev.chipray.heap;

/// How one object reaches another.
public enum LabelKind {
    /// A member of the structure; the label's value is its name.
    FIELD,
    /// An attribute of an instance, class or module; the value is its name.
    ATTRIBUTE,
    /// A key of a mapping; the value is the key as text.
    KEY,
    /// An item of a sequence; the value is its index.
    ITEM,
    /// A variable that a closure holds; the value is its index.
    CLOSURE,
    /// An argument or local of a running or waiting function; the value is its index.
    LOCAL,
    /// A word that looks like a pointer, in memory whose layout is not known; the value is its offset.
    WORD
}
