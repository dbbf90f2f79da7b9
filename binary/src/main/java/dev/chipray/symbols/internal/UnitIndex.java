package dev.chipray.symbols.internal;

import dev.chipray.bytes.MalformedException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What one unit knows about addresses: its line rows, and its functions and inlined calls as a tree; immutable, for
/// any thread.
///
/// Everything is in one array of ints and one of UTF-8 bytes, which is what the cache file holds too, so that loading is
/// copying. Addresses are unsigned offsets from `base`. Numbers of strings and scopes are -1 where there is none. The
/// constructor checks every number that is used as an index, because the cache is read as hostile.
public final class UnitIndex {
    static final int HEADER = 4;
    static final int ROW_COLUMNS = 5;
    static final int PIECE_COLUMNS = 2;
    static final int SCOPE_COLUMNS = 10;

    /// The file of a row that only ends the code before it.
    static final int GAP = -2;

    private final long base;
    private final int[] data;
    private final byte[] bytes;
    private final int rows;
    private final int pieces;
    private final int scopes;
    private final int strings;
    private final int firstPiece;
    private final int firstScope;
    private final int firstString;
    private final @Nullable String[] decoded;
    private final boolean printable;

    /// Takes the arrays over and checks them.
    public UnitIndex(long base, int[] data, byte[] bytes) {
        this.base = base;
        this.data = data;
        this.bytes = bytes;
        require(data.length >= HEADER, "too short", data.length);
        rows = data[0];
        pieces = data[1];
        scopes = data[2];
        strings = data[3];
        for (int i = 0; i < HEADER; i++) {
            require(data[i] >= 0 && data[i] <= data.length, "count", data[i]);
        }
        long firstPieceAt = HEADER + (long) ROW_COLUMNS * rows;
        long firstScopeAt = firstPieceAt + (long) PIECE_COLUMNS * pieces;
        long firstStringAt = firstScopeAt + (long) SCOPE_COLUMNS * scopes;
        require(firstStringAt + strings == data.length, "length", data.length);
        firstPiece = (int) firstPieceAt;
        firstScope = (int) firstScopeAt;
        firstString = (int) firstStringAt;
        check();
        decoded = new @Nullable String[strings];
        printable = isPrintable(bytes);
    }

    private void check() {
        for (int row = 0; row < rows; row++) {
            requireBelow(row(1, row), strings, GAP);
        }
        for (int piece = 0; piece < pieces; piece++) {
            requireBelow(data[firstPiece + pieces + piece], scopes, -1);
        }
        for (int scope = 0; scope < scopes; scope++) {
            // A parent stands before its children, so walking up always ends.
            requireBelow(scope(0, scope), scope, -1);
            requireBelow(scope(1, scope), strings, -1);
            requireBelow(scope(2, scope), strings, -1);
            requireBelow(scope(3, scope), strings, -1);
            requireBelow(scope(5, scope), strings, -1);
        }
        int end = 0;
        for (int string = 0; string < strings; string++) {
            int next = data[firstString + string];
            require(next >= end && next <= bytes.length, "string", next);
            end = next;
        }
    }

    private static void requireBelow(int value, int limit, int lowest) {
        require(value >= lowest && value < limit, "index", value);
    }

    private static void require(boolean holds, String field, int value) {
        if (!holds) {
            throw new MalformedException("index of a unit", 0, field, value);
        }
    }

    private int row(int column, int row) {
        return data[HEADER + column * rows + row];
    }

    private int scope(int column, int scope) {
        return data[firstScope + column * scopes + scope];
    }

    long base() {
        return base;
    }

    int[] data() {
        return data;
    }

    byte[] bytes() {
        return bytes;
    }

    /// The row that an address belongs to, or -1.
    public int rowAt(long address) {
        int row = find(HEADER, rows, address - base);
        return row < 0 || rowFile(row) == GAP ? -1 : row;
    }

    /// The innermost function or inlined call at an address, or -1.
    public int scopeAt(long address) {
        int piece = find(firstPiece, pieces, address - base);
        return piece < 0 ? -1 : data[firstPiece + pieces + piece];
    }

    /// The last of `count` ascending unsigned numbers from index `from` that is not above `offset`, or -1.
    private int find(int from, int count, long offset) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if ((data[from + middle] & 0xffff_ffffL) <= offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return offset >>> 32 != 0 ? -1 : high;
    }

    public int rowCount() {
        return rows;
    }

    public long rowAddress(int row) {
        return base + (row(0, row) & 0xffff_ffffL);
    }

    /// The number of the path of a row, -1 when it is not known.
    public int rowFile(int row) {
        return row(1, row);
    }

    public int rowLine(int row) {
        return row(2, row);
    }

    public int rowColumn(int row) {
        return row(3, row);
    }

    public int rowDiscriminator(int row) {
        return row(4, row);
    }

    public int pieceCount() {
        return pieces;
    }

    public long pieceAddress(int piece) {
        return base + (data[firstPiece + piece] & 0xffff_ffffL);
    }

    public int pieceScope(int piece) {
        return data[firstPiece + pieces + piece];
    }

    public int scopeCount() {
        return scopes;
    }

    /// The scope into which a call was inlined, -1 for a function.
    public int parent(int scope) {
        return scope(0, scope);
    }

    public int name(int scope) {
        return scope(1, scope);
    }

    /// The number of the linkage name, -1 when the name is all there is.
    public int linkageName(int scope) {
        return scope(2, scope);
    }

    public int declarationFile(int scope) {
        return scope(3, scope);
    }

    public int declarationLine(int scope) {
        return scope(4, scope);
    }

    public int callFile(int scope) {
        return scope(5, scope);
    }

    public int callLine(int scope) {
        return scope(6, scope);
    }

    public int callColumn(int scope) {
        return scope(7, scope);
    }

    /// The lowest address of the first range of a scope.
    public long scopeAddress(int scope) {
        return base + (scope(8, scope) & 0xffff_ffffL);
    }

    /// How many bytes of code a scope has, cold parts included.
    public int scopeSize(int scope) {
        return scope(9, scope);
    }

    /// A string by its number, empty for a negative one.
    public String string(int number) {
        if (number < 0) {
            return "";
        }
        String text = decoded[number];
        if (text == null) {
            int start = stringStart(number);
            text = new String(bytes, start, stringEnd(number) - start, StandardCharsets.UTF_8);
            decoded[number] = text;
        }
        return text;
    }

    /// Whether no string has a control character.
    public boolean isPrintable() {
        return printable;
    }

    private static boolean isPrintable(byte[] text) {
        for (byte unit : text) {
            if (unit >= 0 && unit < 32) {
                return false;
            }
        }
        return true;
    }

    /// How many bytes of UTF-8 a string has.
    public int textLength(int number) {
        return stringEnd(number) - stringStart(number);
    }

    /// Copies the UTF-8 of a string.
    public void copyText(int number, byte[] into, int at) {
        System.arraycopy(bytes, stringStart(number), into, at, textLength(number));
    }

    private int stringStart(int number) {
        return number == 0 ? 0 : data[firstString + number - 1];
    }

    private int stringEnd(int number) {
        return data[firstString + number];
    }
}
