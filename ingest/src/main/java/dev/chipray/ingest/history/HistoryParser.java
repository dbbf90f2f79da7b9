package dev.chipray.ingest.history;

import dev.chipray.trace.CallStacks;
import dev.chipray.trace.StackTable;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the entries of a history from JSON tokens; used once, by one thread.
final class HistoryParser {

    /// Frames of a trace that are kept, the innermost ones.
    static final int MAX_DEPTH = 2048;

    /// No heap has more blocks, and what is smaller can be added up without care.
    private static final long LIMIT = 1L << 48;

    private static final long NONE = -1;

    private record Frame(long address, String function, String file, int line) {}

    private final JsonParser json;
    private final CallStacks stacks;
    private final Lives lives;

    private long unusable;
    private long firstUnusable;
    private long deep;
    private long entries;
    private long statedEvents;

    HistoryParser(JsonParser json, CallStacks stacks, Lives lives) {
        this.json = json;
        this.stacks = stacks;
        this.lives = lives;
    }

    /// Reads the array's entries; the parser stands at its `[`.
    void entries() {
        while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                entry();
            } else {
                json.skipChildren();
                countUnusable();
            }
            entries++;
        }
    }

    /// Entries that could not be used.
    long unusable() {
        return unusable;
    }

    /// Number of the first entry that could not be used, from 0.
    long firstUnusable() {
        return firstUnusable;
    }

    /// Traces that were deeper than [#MAX_DEPTH].
    long deep() {
        return deep;
    }

    /// How many events there were, as the entries that are alive tell; 0 where none does.
    long statedEvents() {
        return statedEvents;
    }

    private void countUnusable() {
        if (unusable++ == 0) {
            firstUnusable = entries;
        }
    }

    private void entry() {
        long block = NONE;
        long size = NONE;
        long startTime = NONE;
        long endTime = NONE;
        int startStack = StackTable.EMPTY;
        int endStack = StackTable.EMPTY;
        String cause = "";
        boolean implied = false;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "start_block" -> block = number(LIMIT);
                case "size" -> size = number(LIMIT);
                case "start_time" -> startTime = number(Lives.NEVER);
                case "end_time" -> endTime = number(Lives.NEVER);
                case "start_trace" -> startStack = trace();
                case "end_trace" -> endStack = trace();
                case "end_cause" -> cause = value == JsonToken.VALUE_STRING ? json.getString() : "";
                case "implied" -> implied = value == JsonToken.VALUE_TRUE;
                default -> json.skipChildren();
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT) {
            return;
        }
        Lives.End end = end(cause, implied);
        if (block == NONE || size == NONE || startTime == NONE) {
            countUnusable();
        } else if (end == Lives.End.ALIVE) {
            statedEvents = Math.max(statedEvents, endTime);
            lives.add(block, size, startTime, startStack, end, 0, endStack);
        } else if (endTime < startTime) {
            countUnusable();
        } else {
            lives.add(block, size, startTime, startStack, end, endTime, endStack);
        }
    }

    private static Lives.End end(String cause, boolean implied) {
        return switch (cause) {
            case "" -> Lives.End.ALIVE;
            case "sweep" -> Lives.End.SWEEP;
            case "realloc" -> Lives.End.REALLOC;
            default -> implied ? Lives.End.IMPLIED : Lives.End.FREE;
        };
    }

    /// The number at hand where it is at least 0 and below `limit`; else [#NONE].
    private long number(long limit) {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            json.skipChildren();
            return NONE;
        }
        long value = json.getLongValue();
        return value < 0 || value >= limit ? NONE : value;
    }

    /// `[[address, "file:line", function], ...]`, innermost first; anything else is no trace.
    private int trace() {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return StackTable.EMPTY;
        }
        List<Frame> frames = new ArrayList<>();
        boolean tooDeep = false;
        while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                json.skipChildren();
            } else if (frames.size() == MAX_DEPTH) {
                json.skipChildren();
                tooDeep = true;
            } else {
                frames.add(frame());
            }
        }
        if (tooDeep) {
            deep++;
        }
        int stack = StackTable.EMPTY;
        for (Frame frame : frames.reversed()) {
            stack =
                    stacks.stacks()
                            .intern(
                                    stack,
                                    stacks.frames()
                                            .intern(
                                                    stacks.strings().intern(frame.function),
                                                    stacks.strings().intern(frame.file),
                                                    frame.line,
                                                    frame.address));
        }
        return stack;
    }

    private Frame frame() {
        String[] texts = {"", "", ""};
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
            if (json.currentToken() == JsonToken.VALUE_STRING && count < texts.length) {
                texts[count] = json.getString();
            } else {
                json.skipChildren();
            }
            count++;
        }
        long address = address(texts[0]);
        String function = texts[2].equals("??") ? "" : texts[2];
        // Without a file, the address stands in its place.
        String place = address != 0 && texts[1].equals(texts[0]) ? "" : texts[1];
        int colon = place.lastIndexOf(':');
        int line = colon > 0 ? line(place, colon + 1) : 0;
        return new Frame(address, function, line > 0 ? place.substring(0, colon) : place, line);
    }

    private static long address(String text) {
        try {
            return text.startsWith("0x") ? Long.parseUnsignedLong(text, 2, text.length(), 16) : 0;
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static int line(String text, int from) {
        try {
            return Integer.parseInt(text, from, text.length(), 10);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
