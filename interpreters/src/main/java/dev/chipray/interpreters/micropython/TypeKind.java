package dev.chipray.interpreters.micropython;

/// What an object is to a decoder; several types of the language share a kind when they share a structure.
public enum TypeKind {
    TYPE,
    INT,
    FLOAT,
    COMPLEX,
    BOOL,
    NONE,
    ELLIPSIS,
    STR,
    BYTES,
    BYTEARRAY,
    ARRAY,
    MEMORYVIEW,
    TUPLE,
    NAMEDTUPLE,
    LIST,
    DICT,
    SET,
    FROZENSET,
    RANGE,
    SLICE,
    FUNCTION,
    NATIVE_FUNCTION,
    C_FUNCTION,
    CLOSURE,
    GENERATOR_FUNCTION,
    GENERATOR,
    CELL,
    BOUND_METHOD,
    MODULE,
    INSTANCE,
    EXCEPTION,
    DEQUE,
    /// Every other type, C modules included.
    OTHER
}
