package dev.chipray.symbols;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.dwarf.Dwarf;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfMachine;
import dev.chipray.elf.ElfSymbol;
import dev.chipray.elf.ElfSymbolTable;
import dev.chipray.symbols.internal.CacheFiles;
import dev.chipray.symbols.internal.FunctionTable;
import dev.chipray.symbols.internal.IndexCache;
import dev.chipray.symbols.internal.UnitIndex;
import dev.chipray.symbols.internal.UnitStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives addresses their functions, source lines and inlined calls, and names their addresses; any thread may use it.
///
/// A unit of debug information is parsed when an address in it is first asked for. With a cache directory, what was
/// parsed is kept there by [#close], and the next process does not parse it again. Broken parts of the input are
/// [#diagnostics]; nothing here throws because of them. Addresses are those of the running target: the load bias, 0
/// unless set, is taken off first. The Thumb bit of an address is ignored.
public final class Symbolizer implements AutoCloseable {
    private final ElfFile elf;
    private final UnitStore units;
    private final @Nullable CacheFiles cacheFile;
    private final @Nullable IndexCache cache;
    private final long bias;
    private final boolean arm;
    private volatile @Nullable FunctionTable functions;
    private volatile @Nullable Map<String, List<ElfSymbol>> byName;

    private Symbolizer(
            ElfFile elf,
            UnitStore units,
            @Nullable CacheFiles cacheFile,
            @Nullable IndexCache cache,
            long bias) {
        this.elf = elf;
        this.units = units;
        this.cacheFile = cacheFile;
        this.cache = cache;
        this.bias = bias;
        arm = elf.header().machine().equals(ElfMachine.ARM);
    }

    /// A symboliser without a cache.
    public static Symbolizer of(ElfFile elf) {
        return new Symbolizer(elf, new UnitStore(elf, null), null, null, 0);
    }

    /// A symboliser of a file with a cache.
    ///
    /// @param cacheDirectory where indexes are kept; it need not exist, and if it cannot be written nothing is kept
    public static Symbolizer open(Path file, Path cacheDirectory) throws IOException {
        ElfFile elf = ElfFile.open(file);
        CacheFiles place = CacheFiles.of(file, elf, cacheDirectory);
        IndexCache cache = place.open();
        return new Symbolizer(elf, new UnitStore(elf, cache), place, cache, 0);
    }

    /// The same symboliser for a target that loaded the program at its linked addresses plus `loadBias`.
    public Symbolizer withLoadBias(long loadBias) {
        return new Symbolizer(elf, units, cacheFile, cache, loadBias);
    }

    /// The program.
    public ElfFile elf() {
        return elf;
    }

    /// The debug information.
    public Dwarf dwarf() {
        return units.dwarf();
    }

    /// What could not be read so far.
    public List<Diagnostic> diagnostics() {
        return units.diagnostics();
    }

    /// The frames at an address, innermost first; the last one is the function. Empty when nothing is known.
    public List<SourceFrame> frames(long address) {
        List<SourceFrame> frames = new ArrayList<>(4);
        Location at = locate(address);
        UnitIndex index = at.index();
        if (index == null) {
            String name = at.symbolName();
            if (!name.isEmpty()) {
                frames.add(
                        new SourceFrame(
                                name, name, at.symbolFile(), 0, 0, 0, false, at.symbolAddress()));
            }
            return frames;
        }
        String file = at.row() < 0 ? "" : index.string(index.rowFile(at.row()));
        int line = at.row() < 0 ? 0 : index.rowLine(at.row());
        int column = at.row() < 0 ? 0 : index.rowColumn(at.row());
        int discriminator = at.row() < 0 ? 0 : index.rowDiscriminator(at.row());
        int scope = at.scope();
        if (scope < 0) {
            String name = at.symbolName();
            frames.add(
                    new SourceFrame(
                            name,
                            name,
                            file,
                            line,
                            column,
                            discriminator,
                            false,
                            at.symbolAddress()));
            return frames;
        }
        while (scope >= 0) {
            int parent = index.parent(scope);
            String name = index.string(index.name(scope));
            String linkage =
                    index.linkageName(scope) < 0 ? name : index.string(index.linkageName(scope));
            if (linkage.isEmpty()) {
                linkage = at.symbolName();
                name = linkage;
            }
            frames.add(
                    new SourceFrame(
                            name,
                            linkage,
                            file,
                            line,
                            column,
                            discriminator,
                            parent >= 0,
                            index.scopeAddress(scope) + bias));
            file = index.string(index.callFile(scope));
            line = index.callLine(scope);
            column = index.callColumn(scope);
            discriminator = 0;
            scope = parent;
        }
        return frames;
    }

    /// Where an address lies, in the numbers of its unit; for writers of many addresses.
    Location locate(long address) {
        long linked = (arm ? address & ~1L : address) - bias;
        int unit = units.unitAt(linked);
        return new Location(this, linked, unit < 0 ? null : units.index(unit));
    }

    FunctionTable functionTable() {
        FunctionTable table = functions;
        if (table == null) {
            table = new FunctionTable(elf);
            functions = table;
        }
        return table;
    }

    /// The function or label of the symbol table at an address.
    public Optional<FunctionSymbol> function(long address) {
        int symbol = functionTable().at((arm ? address & ~1L : address) - bias);
        return symbol < 0 ? Optional.empty() : Optional.of(function(symbol));
    }

    private FunctionSymbol function(int symbol) {
        ElfSymbolTable symbols = elf.symbols();
        int section = symbols.section(symbol);
        return new FunctionSymbol(
                symbols.name(symbol),
                symbols.address(symbol) + bias,
                symbols.size(symbol),
                section > 0 && section < elf.sections().size()
                        ? elf.sections().get(section).name()
                        : "");
    }

    /// All functions and labels of the symbol table by rising address.
    public List<FunctionSymbol> functions() {
        List<FunctionSymbol> all = new ArrayList<>();
        for (int symbol : functionTable().order()) {
            all.add(function(symbol));
        }
        return all;
    }

    /// The symbols of a name, global ones first; addresses are linked ones.
    public List<ElfSymbol> symbols(String name) {
        Map<String, List<ElfSymbol>> map = byName;
        if (map == null) {
            map = new HashMap<>();
            ElfSymbolTable table = elf.symbols();
            for (int i = 1; i < table.size(); i++) {
                boolean named =
                        table.type(i) != ElfSymbol.FILE && table.type(i) != ElfSymbol.SECTION;
                if (named && table.section(i) != ElfSymbol.UNDEFINED) {
                    List<ElfSymbol> same =
                            map.computeIfAbsent(table.name(i), key -> new ArrayList<>(1));
                    same.add(table.binding(i) == ElfSymbol.LOCAL ? same.size() : 0, table.get(i));
                }
            }
            byName = map;
        }
        return map.getOrDefault(name, List.of());
    }

    /// The address of a function or variable, a global one before a local one; from the symbol table, or without one
    /// from the functions of the debug information.
    public Optional<Long> address(String name) {
        List<ElfSymbol> found = symbols(name);
        if (!found.isEmpty()) {
            return Optional.of(found.getFirst().address() + bias);
        }
        if (elf.symbols().size() > 1) {
            return Optional.empty();
        }
        for (UnitIndex index : units.all()) {
            for (int scope = 0; scope < index.scopeCount(); scope++) {
                if (index.parent(scope) < 0
                        && (index.string(index.name(scope)).equals(name)
                                || index.string(index.linkageName(scope)).equals(name))) {
                    return Optional.of(index.scopeAddress(scope) + bias);
                }
            }
        }
        return Optional.empty();
    }

    /// Where what was parsed is kept; empty without a cache.
    public Optional<Path> cacheFile() {
        return Optional.ofNullable(cacheFile).map(CacheFiles::file);
    }

    /// The inner form, for readers inside this module.
    public UnitStore units() {
        return units;
    }

    /// Keeps what was parsed in the cache and lets go of it; a cache that cannot be written is no error.
    @Override
    public void close() {
        CacheFiles place = cacheFile;
        if (place != null) {
            place.save(units, cache);
        }
    }
}
