package dev.chipray.symbols;

import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSymbol;
import dev.chipray.elf.ElfSymbolTable;
import java.util.Map;
import java.util.TreeMap;

/// The variables of a program by address; immutable, for any thread.
public final class DataSymbols {
    private final ElfSymbolTable symbols;
    private final TreeMap<Long, Integer> byAddress = new TreeMap<>(Long::compareUnsigned);

    public DataSymbols(ElfFile elf) {
        symbols = elf.symbols();
        for (int i = 1; i < symbols.size(); i++) {
            if (symbols.type(i) == ElfSymbol.OBJECT && symbols.section(i) != ElfSymbol.UNDEFINED) {
                Integer known = byAddress.get(symbols.address(i));
                if (known == null || symbols.size(known) < symbols.size(i)) {
                    byAddress.put(symbols.address(i), i);
                }
            }
        }
    }

    /// The variable at an address and how far into it, as `mp_state_ctx+0x14`; empty when there is none.
    public String describe(long address) {
        Map.Entry<Long, Integer> entry = byAddress.floorEntry(address);
        if (entry == null) {
            return "";
        }
        long into = address - entry.getKey();
        if (Long.compareUnsigned(into, Math.max(1, symbols.size(entry.getValue()))) >= 0) {
            return "";
        }
        String name = symbols.name(entry.getValue());
        return into == 0 ? name : "%s+0x%x".formatted(name, into);
    }
}
