package dev.chipray.interpreters.micropython;

/// A type object of the target; immutable.
///
/// @param address where it is
/// @param name its name in the language, such as `list`
/// @param symbol its name in the firmware, such as `mp_type_list`; empty for classes of scripts
/// @param kind what its objects are to a decoder
/// @param structure the C structure of its objects; empty when that is not known
public record ObjectType(
        long address, String name, String symbol, TypeKind kind, String structure) {}
