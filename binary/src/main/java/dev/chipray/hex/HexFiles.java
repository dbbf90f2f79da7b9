package dev.chipray.hex;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.hex.internal.IntelHexReader;
import dev.chipray.hex.internal.RecordLines;
import dev.chipray.hex.internal.SRecordReader;
import java.util.Optional;

/// Reads Intel HEX (8, 16 and 32 bit addresses) and Motorola S-records (S19, S28, S37).
///
/// A record that is broken is left out and reported; a file without a single good record is a [MalformedException].
/// Where two records give different values for one address the later one counts, as it does in a flash programmer.
public final class HexFiles {
    private HexFiles() {}

    /// What a file of text records can be.
    public enum Format {
        /// Lines that start with `:`.
        INTEL_HEX,
        /// Lines that start with `S` and a digit.
        S_RECORD
    }

    /// Tells the format from the first line that is not empty, if it is one of the two.
    public static Optional<Format> detect(ByteView file) {
        return RecordLines.detect(file);
    }

    /// Reads a file of either format.
    public static MemoryImage read(ByteView file) {
        return switch (detect(file)
                .orElseThrow(() ->
                        new MalformedException(
                                file.name(),
                                file.origin(),
                                "neither Intel HEX nor S-records",
                                file.size()))) {
            case INTEL_HEX -> readIntelHex(file);
            case S_RECORD -> readSRecords(file);
        };
    }

    /// Reads Intel HEX.
    public static MemoryImage readIntelHex(ByteView file) {
        return new IntelHexReader(file).read();
    }

    /// Reads S-records.
    public static MemoryImage readSRecords(ByteView file) {
        return new SRecordReader(file).read();
    }
}
