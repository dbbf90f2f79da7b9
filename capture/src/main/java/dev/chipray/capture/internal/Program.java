package dev.chipray.capture.internal;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.ctype.DwarfTypes;
import dev.chipray.ctype.LocalVariables;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSymbol;
import dev.chipray.elf.ElfSymbolTable;
import dev.chipray.interpreters.DebugLayouts;
import dev.chipray.symbols.Symbolizer;
import dev.chipray.unwind.Architecture;
import dev.chipray.unwind.LoadedElf;
import dev.chipray.unwind.Unwinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The program that a target runs, at the addresses at which it runs; for one thread.
public final class Program {

    private final ElfFile elf;
    private final Symbolizer symbolizer;
    private final DwarfTypes types;
    private final LocalVariables variables;
    private final DebugLayouts layouts;
    private final Unwinder unwinder;
    private final long bias;
    private final MemoryReader linked;

    /// A function with the addresses of its code.
    ///
    /// @param name  as the symbol table has it
    /// @param start its first instruction
    /// @param end   behind its last byte
    public record Function(String name, long start, long end) {}

    /// @param symbolizer of the program as linked
    /// @param bias       what is added to linked addresses in the target
    public Program(Symbolizer symbolizer, long bias) {
        this.elf = symbolizer.elf();
        this.symbolizer = bias == 0 ? symbolizer : symbolizer.withLoadBias(bias);
        this.types = DwarfTypes.of(elf, symbolizer.dwarf());
        this.variables = new LocalVariables(types);
        this.layouts = new DebugLayouts(elf, types, bias);
        this.unwinder = Unwinder.of(List.of(new LoadedElf(elf, bias)));
        this.bias = bias;
        this.linked = elf.memory();
    }

    public ElfFile elf() {
        return elf;
    }

    public Symbolizer symbolizer() {
        return symbolizer;
    }

    public LocalVariables variables() {
        return variables;
    }

    public DebugLayouts layouts() {
        return layouts;
    }

    public Unwinder unwinder() {
        return unwinder;
    }

    public Architecture architecture() {
        return unwinder.architecture();
    }

    public long bias() {
        return bias;
    }

    /// The bytes of the program as they are in its file, at the addresses of the target.
    public MemoryReader code() {
        return (address, into, offset, length) -> linked.read(address - bias, into, offset, length);
    }

    /// The function of a name; copies that the compiler made of all of it (`.constprop.0`, `.lto_priv.1`) count, split-off
    /// parts of it do not.
    public Optional<Function> function(String name) {
        List<Function> found = functions(name);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /// All functions of a name, the one without a suffix first.
    public List<Function> functions(String name) {
        ElfSymbolTable symbols = elf.symbols();
        List<Function> found = new ArrayList<>();
        for (int i = 1; i < symbols.size(); i++) {
            if (symbols.type(i) != ElfSymbol.FUNCTION
                    || symbols.section(i) == ElfSymbol.UNDEFINED
                    || symbols.firstByteOfName(i) != name.charAt(0)) {
                continue;
            }
            String symbol = symbols.name(i);
            if (symbol.equals(name) || isWholeCopy(symbol, name)) {
                long start = architecture().codeAddress(symbols.address(i)) + bias;
                Function function = new Function(symbol, start, start + symbols.size(i));
                if (found.stream().noneMatch(other -> other.start() == start)) {
                    found.add(symbol.equals(name) ? 0 : found.size(), function);
                }
            }
        }
        return found;
    }

    private static boolean isWholeCopy(String symbol, String name) {
        return symbol.startsWith(name + ".")
                && !symbol.contains(".part.")
                && !symbol.contains(".cold");
    }
}
