package dev.chipray.linkermap;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.linkermap.internal.MapParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a linker map says: immutable, and any thread may read it.
///
/// Sections that occupy no memory (debug information, attributes) are left out. Maps list global symbols only; static
/// functions and objects are found when they were compiled into sections of their own.
public final class LinkerMap {
    private final List<MemoryRegion> regions;
    private final List<OutputSection> outputSections;
    private final List<InputSection> inputSections;
    private final List<InputSection> discarded;
    private final List<MapSymbol> symbols;
    private final List<Diagnostic> diagnostics;
    private final Map<String, List<MapSymbol>> byName = new HashMap<>();

    LinkerMap(
            List<MemoryRegion> regions,
            List<OutputSection> outputSections,
            List<InputSection> inputSections,
            List<InputSection> discarded,
            List<MapSymbol> symbols,
            List<Diagnostic> diagnostics) {
        this.regions = List.copyOf(regions);
        this.outputSections = List.copyOf(outputSections);
        this.inputSections = List.copyOf(inputSections);
        this.discarded = List.copyOf(discarded);
        this.symbols = List.copyOf(symbols);
        this.diagnostics = List.copyOf(diagnostics);
        for (MapSymbol symbol : symbols) {
            byName.computeIfAbsent(symbol.name(), name -> new ArrayList<>(1)).add(symbol);
        }
        for (MapSymbol symbol : symbols) {
            String source = symbol.sourceName();
            if (!source.equals(symbol.name())) {
                byName.computeIfAbsent(source, name -> new ArrayList<>(1)).add(symbol);
            }
        }
    }

    /// Reads a map file. Trouble with its contents is in [#diagnostics]; only a file that is no linker map at all is
    /// a [dev.chipray.bytes.MalformedException].
    public static LinkerMap read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    /// Reads a map from a stream, which is left open; `name` is for messages.
    public static LinkerMap read(InputStream in, String name) throws IOException {
        MapParser parser = new MapParser(name);
        parser.read(in);
        return new LinkerMap(
                parser.regions(),
                parser.outputSections(),
                parser.inputSections(),
                parser.discarded(),
                parser.symbols(),
                parser.diagnostics());
    }

    /// The memory regions, in the order of the linker script; `*default*` left out.
    public List<MemoryRegion> regions() {
        return regions;
    }

    /// The output sections that occupy memory, in the order of the map.
    public List<OutputSection> outputSections() {
        return outputSections;
    }

    /// The input sections that were placed, padding included, sorted by address.
    public List<InputSection> inputSections() {
        return inputSections;
    }

    /// The input sections that the linker threw away.
    public List<InputSection> discarded() {
        return discarded;
    }

    /// All symbols, sorted by address.
    public List<MapSymbol> symbols() {
        return symbols;
    }

    /// What was doubtful: names with two addresses, lines that could not be read.
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /// All symbols of a name, exact names before those that have it with a suffix such as `.lto_priv.0`.
    public List<MapSymbol> symbols(String name) {
        return Collections.unmodifiableList(byName.getOrDefault(name, List.of()));
    }

    /// The symbol of a name: the first exact one, else the first that has it with a suffix.
    public Optional<MapSymbol> symbol(String name) {
        return symbols(name).stream().findFirst();
    }

    /// The placed input section that covers an address.
    public Optional<InputSection> sectionAt(long address) {
        int low = 0;
        int high = inputSections.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(inputSections.get(middle).address(), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        // Sections may nest in damaged maps only; the nearest few are enough for the sound ones.
        for (int i = high; i >= 0 && i > high - 8; i--) {
            InputSection section = inputSections.get(i);
            if (Long.compareUnsigned(address - section.address(), section.size()) < 0) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    /// The last symbol at or before an address within the section that covers it, names of the linker script left out.
    public Optional<MapSymbol> symbolAt(long address) {
        InputSection section = sectionAt(address).orElse(null);
        if (section == null) {
            return Optional.empty();
        }
        int low = 0;
        int high = symbols.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(symbols.get(middle).address(), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        for (int i = high; i >= 0; i--) {
            MapSymbol symbol = symbols.get(i);
            if (Long.compareUnsigned(symbol.address(), section.address()) < 0) {
                return Optional.empty();
            }
            if (symbol.kind() != MapSymbol.Kind.ASSIGNED) {
                return Optional.of(symbol);
            }
        }
        return Optional.empty();
    }
}
