package dev.chipray.ctype;

/// A name with a value in an enumeration.
///
/// @param name the name
/// @param value the value, sign-extended when it is negative
public record Enumerator(String name, long value) {}
