package dev.chipray.symbols;

import dev.chipray.symbols.internal.UnitIndex;
import org.jspecify.annotations.Nullable;

/// Where an address lies in the index of its unit; for one thread.
final class Location {
    private final Symbolizer symbolizer;
    private final long address;
    private final @Nullable UnitIndex index;
    private final int row;
    private final int scope;
    private int symbol = NOT_SEARCHED;

    private static final int NOT_SEARCHED = -2;

    Location(Symbolizer symbolizer, long address, @Nullable UnitIndex index) {
        this.symbolizer = symbolizer;
        this.address = address;
        this.index = index;
        row = index == null ? -1 : index.rowAt(address);
        scope = index == null ? -1 : index.scopeAt(address);
    }

    /// The index, null when no unit has the address.
    @Nullable UnitIndex index() {
        return index;
    }

    int row() {
        return row;
    }

    int scope() {
        return scope;
    }

    private int symbol() {
        if (symbol == NOT_SEARCHED) {
            symbol = symbolizer.functionTable().at(address);
        }
        return symbol;
    }

    /// The name in the symbol table, empty when there is none.
    String symbolName() {
        return symbol() < 0 ? "" : symbolizer.elf().symbols().name(symbol());
    }

    /// The source file of the symbol, empty when not known.
    String symbolFile() {
        String file = symbol() < 0 ? null : symbolizer.functionTable().file(symbol());
        return file == null ? "" : file;
    }

    /// The linked address of the symbol, or the address itself when there is none.
    long symbolAddress() {
        return symbol() < 0 ? address : symbolizer.elf().symbols().address(symbol());
    }
}
