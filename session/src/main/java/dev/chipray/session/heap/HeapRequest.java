package dev.chipray.session.heap;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A dump as the user named it, with what the user told about it; immutable.
///
/// @param dump a raw dump, Intel HEX or S-records of RAM, or a core file
/// @param firmware ELF files, of which the first that fits is taken; empty when `linked` stands in
/// @param linked what there is in place of an ELF file
/// @param base where a raw dump starts
/// @param stackPointer the lowest used address of the main thread's stack
/// @param snapshots which of several dumps in one file
public record HeapRequest(
        Path dump,
        List<Path> firmware,
        java.util.Optional<Linked> linked,
        OptionalLong base,
        OptionalLong stackPointer,
        Choice snapshots) {
    public HeapRequest {
        firmware = List.copyOf(firmware);
    }

    /// A firmware without an ELF file.
    ///
    /// @param binary the program's bytes, as they are in flash
    /// @param map the linker's map
    /// @param profile the layout of the interpreter's structures
    public record Linked(Path binary, Path map, Path profile) {}

    /// Which dumps of a file.
    ///
    /// @param number which one, from 1; empty for the last, or for all
    /// @param all whether all
    public record Choice(OptionalInt number, boolean all) {
        /// The last one.
        public static final Choice LAST = new Choice(OptionalInt.empty(), false);

        /// Each of them.
        public static final Choice ALL = new Choice(OptionalInt.empty(), true);

        /// One by its number, from 1.
        public static Choice of(int number) {
            return new Choice(OptionalInt.of(number), false);
        }
    }

    /// The same dump with all of its snapshots.
    public HeapRequest withSnapshots(Choice choice) {
        return new HeapRequest(dump, firmware, linked, base, stackPointer, choice);
    }
}
