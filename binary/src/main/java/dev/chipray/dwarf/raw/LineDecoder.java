package dev.chipray.dwarf.raw;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.dwarf.LineRows;

/// Runs a line program (DWARF 5, section 6.2.5) and collects its rows; one use, one thread.
///
/// The state machine keeps its registers in fields; a special opcode, the common case, is one table-free computation. A
/// program that ends inside a sequence gets its end mark, so rows always end.
public final class LineDecoder {
    private static final int COPY = 1;
    private static final int ADVANCE_PC = 2;
    private static final int ADVANCE_LINE = 3;
    private static final int SET_FILE = 4;
    private static final int SET_COLUMN = 5;
    private static final int NEGATE_STATEMENT = 6;
    private static final int BASIC_BLOCK = 7;
    private static final int CONST_ADD_PC = 8;
    private static final int FIXED_ADVANCE_PC = 9;
    private static final int PROLOGUE_END = 10;
    private static final int EPILOGUE_BEGIN = 11;
    private static final int SET_ISA = 12;

    private static final int END_SEQUENCE = 1;
    private static final int SET_ADDRESS = 2;
    private static final int DEFINE_FILE = 3;
    private static final int SET_DISCRIMINATOR = 4;

    private final LineHeader header;
    private final ByteCursor in;
    private final LineRows rows = new LineRows();
    private long address;
    private int operation;
    private int file;
    private int line;
    private int column;
    private int discriminator;
    private boolean statement;
    private boolean open;

    private LineDecoder(ByteView section, LineHeader header) {
        this.header = header;
        in = section.slice(0, header.end).cursor(header.program);
        reset();
    }

    /// The rows of the program behind a header.
    public static LineRows decode(ByteView section, LineHeader header) {
        LineDecoder decoder = new LineDecoder(section, header);
        decoder.run();
        return decoder.rows;
    }

    private void reset() {
        address = 0;
        operation = 0;
        file = 1;
        line = 1;
        column = 0;
        discriminator = 0;
        statement = header.defaultIsStatement;
        open = false;
    }

    private void run() {
        int opcodeBase = header.opcodeBase;
        while (in.hasRemaining()) {
            int opcode = in.u8();
            if (opcode >= opcodeBase) {
                special(opcode - opcodeBase);
            } else if (opcode == 0) {
                extended();
            } else {
                standard(opcode);
            }
        }
        if (open) {
            emit(true);
        }
    }

    private void special(int adjusted) {
        if (header.lineRange == 0) {
            throw in.malformed(in.position(), "special opcode with a line range of 0", adjusted);
        }
        advance(adjusted / header.lineRange);
        line += header.lineBase + adjusted % header.lineRange;
        emit(false);
    }

    private void advance(long operations) {
        if (header.operationsPerInstruction == 1) {
            address += operations * header.minimumInstruction;
        } else {
            // Several operations in one instruction word (VLIW).
            long sum = operation + operations;
            address += sum / header.operationsPerInstruction * header.minimumInstruction;
            operation = (int) (sum % header.operationsPerInstruction);
        }
    }

    private void emit(boolean end) {
        rows.add(address, file, line, column, discriminator, statement, end);
        discriminator = 0;
        open = !end;
    }

    private void standard(int opcode) {
        switch (opcode) {
            case COPY -> emit(false);
            case ADVANCE_PC -> advance(in.uleb128());
            case ADVANCE_LINE -> line += (int) in.sleb128();
            case SET_FILE -> file = (int) in.uleb128();
            case SET_COLUMN -> column = (int) in.uleb128();
            case NEGATE_STATEMENT -> statement = !statement;
            case CONST_ADD_PC -> {
                if (header.lineRange != 0) {
                    advance((255 - header.opcodeBase) / header.lineRange);
                }
            }
            case FIXED_ADVANCE_PC -> {
                address += in.u16();
                operation = 0;
            }
            case BASIC_BLOCK, PROLOGUE_END, EPILOGUE_BEGIN -> {}
            case SET_ISA -> in.skipLeb128();
            default -> {
                for (int i = 0; i < header.operandCounts[opcode]; i++) {
                    in.skipLeb128();
                }
            }
        }
    }

    private void extended() {
        long length = in.uleb128();
        if (length == 0) {
            return;
        }
        if (length < 0 || length > in.remaining()) {
            throw in.malformed(in.position(), "extended opcode is longer than the program", length);
        }
        long next = in.position() + length;
        int opcode = in.u8();
        switch (opcode) {
            case END_SEQUENCE -> {
                emit(true);
                reset();
            }
            case SET_ADDRESS -> {
                address = in.unsigned((int) Math.min(length - 1, 9));
                operation = 0;
            }
            case DEFINE_FILE -> {
                long name = in.position();
                in.skipCString();
                header.addFile(name, in.uleb128());
            }
            case SET_DISCRIMINATOR -> discriminator = (int) in.uleb128();
            default -> {}
        }
        in.position(next);
    }
}
