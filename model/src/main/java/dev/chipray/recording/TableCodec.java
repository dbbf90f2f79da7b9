package dev.chipray.recording;

import dev.chipray.trace.CallStacks;
import dev.chipray.trace.FrameTable;
import dev.chipray.trace.FrameTable.Language;
import dev.chipray.trace.StackTable;
import dev.chipray.trace.StringTable;

/// The rows of the string, frame and stack tables between a [CallStacks] and the payloads of its chunks.
///
/// Each chunk carries the rows that are new since the one before it, and the number of the first of them: a reader that
/// lost a chunk notices. Number 0 of the strings (empty) and of the stacks (empty) is known and never written.
final class TableCodec {

    /// A writer begins a new chunk when a payload has grown this far.
    private static final int FULL = RecordingFormat.MAXIMUM_PAYLOAD_BYTES / 16;

    /// A string that alone would not fit is cut to this many characters when it is written.
    private static final int LONGEST_STRING = RecordingFormat.MAXIMUM_PAYLOAD_BYTES / 8;

    // What a row costs once it is held: objects, table slots and index slots, rounded up.
    private static final int STRING_COST = 136;
    private static final int FRAME_COST = 48;
    private static final int STACK_COST = 32;

    private final CallStacks tables;
    private final MemoryBudget budget;

    private int strings = 1;
    private int frames;
    private int stacks = 1;

    /// @param budget charged for the rows that are read
    TableCodec(CallStacks tables, MemoryBudget budget) {
        this.tables = tables;
        this.budget = budget;
    }

    boolean moreStrings() {
        return strings < tables.strings().size();
    }

    boolean moreFrames() {
        return frames < tables.frames().size();
    }

    boolean moreStacks() {
        return stacks < tables.stacks().size();
    }

    void encodeStrings(PayloadBuilder payload) {
        StringTable table = tables.strings();
        payload.putVarint(strings);
        while (strings < table.size() && payload.size() < FULL) {
            String string = table.get(strings++);
            payload.putString(
                    string.length() <= LONGEST_STRING
                            ? string
                            : string.substring(0, LONGEST_STRING));
        }
    }

    void encodeFrames(PayloadBuilder payload) {
        FrameTable table = tables.frames();
        payload.putVarint(frames);
        long address = 0;
        while (frames < table.size() && payload.size() < FULL) {
            payload.putVarint(table.function(frames));
            payload.putVarint(table.file(frames));
            payload.putVarint(
                    (long) table.line(frames) << 1
                            | (table.language(frames) == Language.INTERPRETED ? 1 : 0));
            payload.putSigned(table.address(frames) - address);
            address = table.address(frames++);
        }
    }

    void encodeStacks(PayloadBuilder payload) {
        StackTable table = tables.stacks();
        payload.putVarint(stacks);
        while (stacks < table.size() && payload.size() < FULL) {
            payload.putVarint((long) stacks - table.caller(stacks));
            payload.putVarint(table.frame(stacks++));
        }
    }

    /// Reads rows up to the end of the payload. Rows before one at fault stay.
    void decodeStrings(PayloadReader payload) {
        StringTable table = tables.strings();
        expectStart(payload, table.size());
        while (payload.remaining() > 0) {
            int number = table.size();
            budget.charge(STRING_COST + 2L * payload.nextStringLength(), payload.offset());
            String string = payload.readString();
            // Two strings that UTF-8 cannot tell apart, or that were cut, stay two.
            if (table.intern(string) != number && table.intern(string + "#" + number) != number) {
                throw payload.malformed("a string is there twice");
            }
        }
    }

    void decodeFrames(PayloadReader payload) {
        FrameTable table = tables.frames();
        int stringCount = tables.strings().size();
        expectStart(payload, table.size());
        long address = 0;
        while (payload.remaining() > 0) {
            int number = table.size();
            budget.charge(FRAME_COST, payload.offset());
            int function = payload.readInt(stringCount - 1, "string");
            int file = payload.readInt(stringCount - 1, "string");
            long line = payload.readVarint();
            if (line < 0 || line >>> 1 > Integer.MAX_VALUE) {
                throw payload.malformed("a line number is too large");
            }
            address += payload.readSigned();
            Language language = (line & 1) == 0 ? Language.NATIVE : Language.INTERPRETED;
            if (table.intern(function, file, (int) (line >>> 1), address, language) != number) {
                throw payload.malformed("a frame is there twice");
            }
        }
    }

    void decodeStacks(PayloadReader payload) {
        StackTable table = tables.stacks();
        int frameCount = tables.frames().size();
        expectStart(payload, table.size());
        while (payload.remaining() > 0) {
            int number = table.size();
            budget.charge(STACK_COST, payload.offset());
            int distance = payload.readInt(number, "caller's distance");
            int frame = payload.readInt(frameCount - 1, "frame");
            if (distance == 0 || table.intern(number - distance, frame) != number) {
                throw payload.malformed("a stack is its own caller or is there twice");
            }
        }
    }

    private static void expectStart(PayloadReader payload, int size) {
        if (payload.readVarint() != size) {
            throw payload.malformed("rows of a table are missing before this chunk");
        }
    }
}
