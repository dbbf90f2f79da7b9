package dev.chipray.ctype;

import java.nio.ByteOrder;

/// What all types of a target share.
///
/// @param pointerSize the size of a pointer in bytes
/// @param order the byte order
public record TargetLayout(int pointerSize, ByteOrder order) {}
