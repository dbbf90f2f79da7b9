package dev.chipray.interpreters.micropython.internal;

import dev.chipray.heap.LabelKind;

/// Takes what walking through an object finds.
interface Edges {
    /// An allocation that belongs to the object.
    void part(long address, String what);

    /// An object word with a name.
    void word(long word, LabelKind kind, String name);

    /// An object word with a number.
    void word(long word, LabelKind kind, int number);

    /// A pointer to something that is an object of its own when it has a type, and else a part.
    void pointer(long address, String name);
}
