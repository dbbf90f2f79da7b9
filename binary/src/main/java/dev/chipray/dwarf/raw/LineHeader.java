package dev.chipray.dwarf.raw;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.dwarf.DwForm;
import java.util.Arrays;

/// The header of a line program, versions 2 to 5: how opcodes are coded and which files there are; immutable.
public final class LineHeader {
    private static final long ESCAPE_64 = 0xffff_ffffL;
    private static final int PATH = 1;
    private static final int DIRECTORY_INDEX = 2;

    final int version;
    final int addressSize;
    final int minimumInstruction;
    final int operationsPerInstruction;
    final boolean defaultIsStatement;
    final int lineBase;
    final int lineRange;
    final int opcodeBase;
    final int[] operandCounts;
    final long program;
    final long end;
    private final UnitContext unit;
    private final UnitFormat format;
    private final NameTable directories = new NameTable();
    private final NameTable files = new NameTable();

    /// Names by number, of which only the place is kept: most are never asked for, and many may share one long string.
    private static final class NameTable {
        private static final long ROOT = -1;
        private long[] positions = new long[16];
        private int[] directories = new int[16];
        private int size;
        private int form = DwForm.STRING;

        void add(long position, long directory) {
            if (size == positions.length) {
                positions = Arrays.copyOf(positions, 2 * size);
                directories = Arrays.copyOf(directories, 2 * size);
            }
            positions[size] = position;
            directories[size++] = Math.clamp(directory, -1, Integer.MAX_VALUE);
        }
    }

    /// Reads the header at an offset of `.debug_line`.
    public LineHeader(UnitContext unit, long offset) {
        this.unit = unit;
        ByteCursor in = unit.sections().get(Sections.LINE).cursor(offset);
        long length = in.u32();
        boolean is64 = length == ESCAPE_64;
        if (is64) {
            length = in.u64();
        }
        if (length < 0 || length > in.remaining()) {
            throw in.malformed(offset, "line program is longer than its section", length);
        }
        end = in.position() + length;
        version = in.u16();
        if (version < 2 || version > 5) {
            throw in.malformed(offset, "line program of an unknown version", version);
        }
        int size = unit.format().addressSize();
        if (version >= 5) {
            size = in.u8();
            in.skip(1);
        }
        addressSize = size;
        format = new UnitFormat(version, is64, size);
        long headerLength = in.offset(is64);
        if (headerLength < 0 || headerLength > end - in.position()) {
            throw in.malformed(
                    offset, "line program header is longer than the program", headerLength);
        }
        program = in.position() + headerLength;
        minimumInstruction = in.u8();
        operationsPerInstruction = version >= 4 ? Math.max(1, in.u8()) : 1;
        defaultIsStatement = in.u8() != 0;
        lineBase = in.s8();
        lineRange = in.u8();
        opcodeBase = in.u8();
        operandCounts = new int[Math.max(1, opcodeBase)];
        for (int i = 1; i < opcodeBase; i++) {
            operandCounts[i] = in.u8();
        }
        if (version >= 5) {
            readTable(in, directories);
            readTable(in, files);
        } else {
            readOldTables(in);
        }
    }

    private void readOldTables(ByteCursor in) {
        directories.add(NameTable.ROOT, 0);
        for (long at = in.position(); in.u8() != 0; at = in.position()) {
            in.skipCString();
            directories.add(at, 0);
        }
        // Numbering starts at 1; 0 means the source of the unit where it means anything.
        files.add(NameTable.ROOT, 0);
        for (long at = in.position(); in.u8() != 0; at = in.position()) {
            in.skipCString();
            addFile(at, in.uleb128());
            in.skipLeb128();
            in.skipLeb128();
        }
    }

    /// Adds a file whose name is a string at a position of the section (`DW_LNE_define_file` does so in a program).
    void addFile(long position, long directory) {
        if (files.form == DwForm.STRING) {
            files.add(position, directory);
        }
    }

    private void readTable(ByteCursor in, NameTable names) {
        int columns = in.u8();
        int[] contents = new int[columns];
        int[] forms = new int[columns];
        for (int i = 0; i < columns; i++) {
            contents[i] = (int) in.uleb128();
            forms[i] = (int) in.uleb128();
            if (contents[i] == PATH) {
                names.form = forms[i];
            }
        }
        long start = in.position();
        long count = in.uleb128();
        // An entry without columns has no bytes, and a count of those proves nothing.
        if (count < 0 || count > in.remaining() || (columns == 0 && count != 0)) {
            throw in.malformed(start, "more entries than bytes", count);
        }
        for (long i = 0; i < count; i++) {
            long at = in.position();
            long directory = 0;
            for (int column = 0; column < columns; column++) {
                if (contents[column] == DIRECTORY_INDEX) {
                    directory = number(in, forms[column]);
                    continue;
                }
                if (contents[column] == PATH) {
                    at = in.position();
                }
                Forms.skip(format, in, forms[column]);
            }
            names.add(at, directory);
        }
    }

    private String text(NameTable table, int index, String root) {
        long position = table.positions[index];
        if (position == NameTable.ROOT) {
            return root;
        }
        ByteCursor in = unit.sections().get(Sections.LINE).cursor(position);
        return switch (table.form) {
            case DwForm.STRP -> unit.sections().get(Sections.STR).cString(in.offset(format.is64()));
            case DwForm.LINE_STRP ->
                    unit.sections().get(Sections.LINE_STR).cString(in.offset(format.is64()));
            default -> {
                String value = Forms.string(unit, in, table.form);
                yield value == null ? "" : value;
            }
        };
    }

    private long number(ByteCursor in, int form) {
        return switch (form) {
            case DwForm.DATA1 -> in.u8();
            case DwForm.DATA2 -> in.u16();
            case DwForm.DATA4 -> in.u32();
            case DwForm.UDATA -> in.uleb128();
            default -> {
                Forms.skip(format, in, form);
                yield 0;
            }
        };
    }

    /// One more than the highest file number.
    public int fileCount() {
        return files.size;
    }

    /// The version of the program, which may differ from that of its unit.
    public int version() {
        return version;
    }

    /// The path of a file: its name behind its directory behind the compiler's working directory, as far as the first
    /// absolute one; empty when there is no such number. Nothing is normalised.
    public String path(int file) {
        if (file < 0 || file >= files.size) {
            return "";
        }
        String name = text(files, file, unit.root().name());
        if (name.isEmpty() || isAbsolute(name)) {
            return name;
        }
        String working = unit.root().directory();
        int index = files.directories[file];
        String directory =
                index >= 0 && index < directories.size ? text(directories, index, working) : "";
        if (!directory.isEmpty() && !isAbsolute(directory) && !working.isEmpty()) {
            directory = working + "/" + directory;
        }
        if (directory.isEmpty()) {
            directory = working;
        }
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    private static boolean isAbsolute(String path) {
        return path.startsWith("/")
                || path.startsWith("\\")
                || (path.length() > 1 && path.charAt(1) == ':');
    }
}
