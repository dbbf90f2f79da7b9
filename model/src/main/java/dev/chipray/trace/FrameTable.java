package dev.chipray.trace;

import java.util.Arrays;

/// Distinct stack frames, numbered from 0 in the order first seen, in columns.
///
/// A frame is (function, file, line, address, language); two frames that differ in any of them are two frames. Function
/// and file are numbers of the [StringTable] given at construction; line 0 and address 0 mean that the source of the
/// trace did not tell. One writer at a time.
public final class FrameTable {

    /// Whose code a frame runs.
    public enum Language {
        /// Machine code: C, C++, assembler.
        NATIVE,
        /// Code that an interpreter runs: Python or Lua.
        INTERPRETED
    }

    private static final int INITIAL_CAPACITY = 64;

    private final StringTable strings;
    private int[] functions = new int[INITIAL_CAPACITY];
    private int[] files = new int[INITIAL_CAPACITY];
    private int[] lines = new int[INITIAL_CAPACITY];
    private long[] addresses = new long[INITIAL_CAPACITY];
    private byte[] languages = new byte[INITIAL_CAPACITY];
    private int size;
    private final IntHashIndex index = new IntHashIndex();

    public FrameTable(StringTable strings) {
        this.strings = strings;
    }

    /// The number of a native frame, a new one if it was not there.
    public int intern(int function, int file, int line, long address) {
        return intern(function, file, line, address, Language.NATIVE);
    }

    /// The number of a frame, a new one if it was not there.
    public int intern(int function, int file, int line, long address, Language language) {
        int hash = hash(function, file, line, address, language.ordinal());
        for (int slot = index.first(hash); ; slot = index.next(slot)) {
            int id = index.at(slot);
            if (id < 0) {
                int added = add(function, file, line, address, language);
                index.put(slot, added, this::hashOf);
                return added;
            }
            if (functions[id] == function
                    && files[id] == file
                    && lines[id] == line
                    && addresses[id] == address
                    && languages[id] == language.ordinal()) {
                return id;
            }
        }
    }

    private int add(int function, int file, int line, long address, Language language) {
        if (size == functions.length) {
            int capacity = size * 2;
            functions = Arrays.copyOf(functions, capacity);
            files = Arrays.copyOf(files, capacity);
            lines = Arrays.copyOf(lines, capacity);
            addresses = Arrays.copyOf(addresses, capacity);
            languages = Arrays.copyOf(languages, capacity);
        }
        functions[size] = function;
        files[size] = file;
        lines[size] = line;
        addresses[size] = address;
        languages[size] = (byte) language.ordinal();
        return size++;
    }

    private int hashOf(int id) {
        return hash(functions[id], files[id], lines[id], addresses[id], languages[id]);
    }

    private static int hash(int function, int file, int line, long address, int language) {
        long mixed = address * 0x9E3779B97F4A7C15L + function;
        mixed = mixed * 0x9E3779B97F4A7C15L + file;
        mixed = mixed * 0x9E3779B97F4A7C15L + line * 2L + language;
        return IntHashIndex.mix(mixed);
    }

    /// How many distinct frames there are.
    public int size() {
        return size;
    }

    /// Function, as a number of [#strings()]; 0 where the source did not tell.
    public int function(int frame) {
        return functions[frame];
    }

    /// File as the source wrote it, as a number of [#strings()]; 0 where the source did not tell.
    public int file(int frame) {
        return files[frame];
    }

    /// Line, from 1; 0 where the source did not tell.
    public int line(int frame) {
        return lines[frame];
    }

    /// Address of the instruction; 0 where the source did not tell.
    public long address(int frame) {
        return addresses[frame];
    }

    public Language language(int frame) {
        return languages[frame] == 0 ? Language.NATIVE : Language.INTERPRETED;
    }

    /// The strings that [#function(int)] and [#file(int)] number.
    public StringTable strings() {
        return strings;
    }

    /// Name of the function, or `??` where the source did not tell.
    public String functionName(int frame) {
        int function = functions[frame];
        return function == StringTable.EMPTY ? "??" : strings.get(function);
    }

    /// `file:line`, the file alone where there is no line, or the address where there is neither.
    public String location(int frame) {
        String file = strings.get(files[frame]);
        if (file.isEmpty()) {
            return "0x" + Long.toHexString(addresses[frame]);
        }
        return lines[frame] == 0 ? file : file + ":" + lines[frame];
    }
}
