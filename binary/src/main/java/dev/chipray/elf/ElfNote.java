package dev.chipray.elf;

import dev.chipray.bytes.ByteView;

/// A note: a named, typed piece of bytes, such as the build id, or in a core file the registers.
///
/// @param name who defines the type: `GNU`, `CORE`, ...
/// @param type the type, in the name space of `name`
/// @param description the bytes
public record ElfNote(String name, int type, ByteView description) {
    public static final int GNU_BUILD_ID = 3;
}
