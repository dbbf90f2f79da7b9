package dev.chipray.linkermap;

/// A section of the linked file.
///
/// @param name its name, such as `.text`
/// @param address where it runs
/// @param size its size in bytes
/// @param loadAddress where its bytes are loaded from; the same as `address` unless the map says otherwise
public record OutputSection(String name, long address, long size, long loadAddress) {}
