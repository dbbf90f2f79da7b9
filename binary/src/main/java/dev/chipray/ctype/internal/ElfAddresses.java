package dev.chipray.ctype.internal;

import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSymbol;
import dev.chipray.elf.ElfSymbolTable;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The addresses of symbols by name, global ones before local ones; read on first use, for any thread.
public final class ElfAddresses {
    private final ElfFile file;
    private @Nullable Map<String, Long> byName;

    /// Addresses of a file.
    public ElfAddresses(ElfFile file) {
        this.file = file;
    }

    /// The address of a defined symbol that is data or has no type; empty for thread-local ones, which have none.
    public synchronized OptionalLong find(String name) {
        Map<String, Long> map = byName;
        if (map == null) {
            map = read();
            byName = map;
        }
        Long address = map.get(name);
        return address == null ? OptionalLong.empty() : OptionalLong.of(address);
    }

    private Map<String, Long> read() {
        Map<String, Long> map = new HashMap<>();
        ElfSymbolTable symbols = file.symbols();
        for (int i = 1; i < symbols.size(); i++) {
            int type = symbols.type(i);
            boolean data =
                    type == ElfSymbol.OBJECT
                            || type == ElfSymbol.NOTYPE
                            || type == ElfSymbol.COMMON;
            if (data && symbols.section(i) != ElfSymbol.UNDEFINED) {
                if (symbols.binding(i) == ElfSymbol.LOCAL) {
                    map.putIfAbsent(symbols.name(i), symbols.value(i));
                } else {
                    map.put(symbols.name(i), symbols.value(i));
                }
            }
        }
        return map;
    }
}
