package dev.chipray.dwarf;

import dev.chipray.dwarf.raw.LineDecoder;
import dev.chipray.dwarf.raw.LineHeader;
import dev.chipray.dwarf.raw.Sections;
import dev.chipray.dwarf.raw.UnitContext;

/// The line table of a unit: its files, and the rows that say which line each instruction comes from.
///
/// The program is run each time [#rows] is called. Throws [dev.chipray.bytes.MalformedException].
public final class LineProgram {
    private final UnitContext unit;
    private final LineHeader header;

    LineProgram(UnitContext unit, long offset) {
        this.unit = unit;
        header = new LineHeader(unit, offset);
    }

    /// The version of the program.
    public int version() {
        return header.version();
    }

    /// One more than the highest file number; numbers start at 0 in DWARF 5 and at 1 before.
    public int fileCount() {
        return header.fileCount();
    }

    /// The path of a file, behind its directory and the compiler's working directory; empty for an unknown number.
    public String path(int file) {
        return header.path(file);
    }

    /// Runs the program.
    public LineRows rows() {
        return LineDecoder.decode(unit.sections().get(Sections.LINE), header);
    }
}
