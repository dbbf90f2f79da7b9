package dev.chipray.symbols.internal;

import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSection;
import dev.chipray.elf.ElfSymbol;
import dev.chipray.elf.ElfSymbolTable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The functions and labels of the symbol table in the order of their addresses; immutable, for any thread.
///
/// Where several symbols share an address a function goes before a label and a global name before a local one. A
/// symbol without a size reaches to the next one of its section.
public final class FunctionTable {
    private final ElfSymbolTable symbols;
    private final List<ElfSection> sections;
    private final int[] order;
    private final @Nullable String[] files;

    public FunctionTable(ElfFile elf) {
        symbols = elf.symbols();
        sections = elf.sections();
        int[] chosen = new int[Math.max(1, symbols.size())];
        int count = 0;
        files = new @Nullable String[symbols.size()];
        String file = null;
        boolean symbolSeen = false;
        boolean fileAfterSymbol = false;
        for (int i = 1; i < symbols.size(); i++) {
            if (symbols.type(i) == ElfSymbol.FILE) {
                file = symbols.name(i);
                fileAfterSymbol |= symbolSeen;
            } else if (isCode(i)) {
                symbolSeen = true;
                // A global symbol stands behind all files; only a lone file can be its own.
                files[i] = symbols.binding(i) == ElfSymbol.LOCAL || !fileAfterSymbol ? file : null;
                chosen[count++] = i;
            }
        }
        Integer[] sorted = new Integer[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = chosen[i];
        }
        Arrays.sort(sorted, this::compare);
        order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = sorted[i];
        }
    }

    private boolean isCode(int symbol) {
        int type = symbols.type(symbol);
        int section = symbols.section(symbol);
        return (type == ElfSymbol.FUNCTION
                        || type == ElfSymbol.INDIRECT_FUNCTION
                        || type == ElfSymbol.NOTYPE)
                && section > 0
                && section < sections.size()
                && sections.get(section).isCode()
                && symbols.firstByteOfName(symbol) != 0
                && symbols.mapping(symbol) == null;
    }

    private int compare(int a, int b) {
        int byAddress = Long.compareUnsigned(symbols.address(a), symbols.address(b));
        return byAddress != 0 ? byAddress : Integer.compare(rank(a), rank(b));
    }

    /// Later in the order is better.
    private int rank(int symbol) {
        int rank = symbols.type(symbol) == ElfSymbol.NOTYPE ? 0 : 4;
        rank += symbols.size(symbol) == 0 ? 0 : 2;
        return rank + (symbols.binding(symbol) == ElfSymbol.GLOBAL ? 1 : 0);
    }

    /// The index in the symbol table of the function at an address, or -1.
    public int at(long address) {
        int low = 0;
        int high = order.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(symbols.address(order[middle]), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        int label = -1;
        for (int i = high; i >= 0; i--) {
            int symbol = order[i];
            long into = address - symbols.address(symbol);
            if (symbols.size(symbol) != 0) {
                if (Long.compareUnsigned(into, symbols.size(symbol)) < 0) {
                    return symbol;
                }
                // Past the end of this one, so what lies before it does not reach here either.
                return label;
            }
            if (label < 0 && sections.get(symbols.section(symbol)).contains(address)) {
                label = symbol;
            }
            if (symbols.type(symbol) != ElfSymbol.NOTYPE) {
                return label;
            }
        }
        return label;
    }

    /// The source file that the symbol table names for a symbol, without directory; null when it does not.
    public @Nullable String file(int symbol) {
        return files[symbol];
    }

    /// Symbols by rising address.
    public int[] order() {
        return order.clone();
    }
}
