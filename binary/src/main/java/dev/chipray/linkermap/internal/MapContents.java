package dev.chipray.linkermap.internal;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.linkermap.InputSection;
import dev.chipray.linkermap.MapSymbol;
import dev.chipray.linkermap.MapSymbol.Kind;
import dev.chipray.linkermap.MemoryRegion;
import dev.chipray.linkermap.OutputSection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects what the parser finds and puts names, sections and sizes together; for one thread.
final class MapContents {
    private static final int PROBLEM_LIMIT = 100;

    /// Output sections that are in the file but not in the target's memory.
    private static final List<String> WITHOUT_MEMORY =
            List.of(
                    ".debug",
                    ".zdebug",
                    ".comment",
                    ".stab",
                    ".line",
                    ".gnu.build.attributes",
                    ".gnu.lto_",
                    ".ARM.attributes",
                    ".riscv.attributes",
                    ".note.GNU-stack",
                    ".xtensa.info",
                    ".xt.prop",
                    ".xt.lit",
                    ".symtab",
                    ".strtab",
                    ".shstrtab",
                    "/DISCARD/");

    private final String name;
    private final List<MemoryRegion> regions = new ArrayList<>();
    private final List<OutputSection> outputSections = new ArrayList<>();
    private final List<InputSection> inputSections = new ArrayList<>();
    private final List<InputSection> discarded = new ArrayList<>();
    private final List<MapSymbol> symbols = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Map<String, Long> commonSizes = new HashMap<>();
    private final Map<String, String> strings = new HashMap<>();
    private @Nullable String output;
    private @Nullable InputSection input;
    private boolean inputNamed;
    private long line;
    private long droppedProblems;

    MapContents(String name) {
        this.name = name;
    }

    void line(long number) {
        line = number;
    }

    void problem(long number, String message) {
        if (diagnostics.size() < PROBLEM_LIMIT) {
            diagnostics.add(Diagnostic.warning(name + ":" + number, message));
        } else {
            droppedProblems++;
        }
    }

    /// File and section names repeat thousands of times in a map.
    private String shared(String text) {
        String old = strings.putIfAbsent(text, text);
        return old == null ? text : old;
    }

    void common(String symbol, long size) {
        commonSizes.putIfAbsent(symbol, size);
    }

    void region(MemoryRegion region) {
        regions.add(region);
    }

    void discarded(String section, long size, String file) {
        discarded.add(new InputSection(shared(section), 0, size, shared(file), ""));
    }

    /// Starts an output section whose numbers are on the next line, or that is empty.
    void output(String section) {
        finishInput();
        output = WITHOUT_MEMORY.stream().anyMatch(section::startsWith) ? null : shared(section);
    }

    void output(OutputSection section) {
        output(section.name());
        if (output != null) {
            outputSections.add(section);
        }
    }

    void input(String section, long address, long size, String file) {
        finishInput();
        if (output == null) {
            return;
        }
        if (size < 0 || (size > 0 && Long.compareUnsigned(address, -size) > 0)) {
            problem(line, "section of impossible size 0x%x".formatted(size));
            return;
        }
        boolean fill = section.equals(InputSection.FILL);
        InputSection placed =
                new InputSection(shared(section), address, size, fill ? "" : shared(file), output);
        if (size > 0) {
            inputSections.add(placed);
        }
        input = fill ? null : placed;
    }

    /// Before the next section starts: a section named after a symbol that was not listed stands for a static one.
    private void finishInput() {
        InputSection section = input;
        input = null;
        if (section != null && !inputNamed && section.size() > 0) {
            String symbol = section.nameFromSection();
            if (!symbol.isEmpty()) {
                add(symbol, section.address(), Kind.FROM_SECTION, section, section.size());
            }
        }
        inputNamed = false;
    }

    /// A line with an address and a text: a symbol, an assignment, or a remark in parentheses.
    void symbol(long address, String text) {
        if (text.isEmpty() || text.charAt(0) == '(' || text.charAt(0) == '[') {
            return;
        }
        int equals = text.indexOf(" = ");
        if (equals > 0) {
            String left = text.substring(0, equals);
            int parenthesis = left.indexOf('(');
            String target = left.substring(parenthesis + 1).strip();
            boolean provides =
                    parenthesis < 0 || left.startsWith("PROVIDE") || left.startsWith("HIDDEN");
            if (provides && !target.isEmpty() && target.indexOf(' ') < 0) {
                if (!target.equals(".")) {
                    symbols.add(new MapSymbol(shared(target), address, Kind.ASSIGNED, "", "", -1));
                }
                return;
            }
        }
        if (text.startsWith("ASSERT (") || text.startsWith("PROVIDE") || output == null) {
            return;
        }
        InputSection section = input;
        if (section == null) {
            // Listed outside of any section: names that the linker makes itself.
            symbols.add(new MapSymbol(shared(text), address, Kind.LISTED, "", "", -1));
            return;
        }
        boolean common = section.name().equals("COMMON");
        boolean fillsSection =
                address == section.address() && text.equals(section.nameFromSection());
        inputNamed |= fillsSection;
        long size =
                common ? commonSizes.getOrDefault(text, -1L) : fillsSection ? section.size() : -1;
        add(text, address, common ? Kind.COMMON : Kind.LISTED, section, size);
    }

    private void add(String symbol, long address, Kind kind, InputSection section, long size) {
        symbols.add(
                new MapSymbol(shared(symbol), address, kind, section.name(), section.file(), size));
    }

    /// Ends the last section, sorts, and looks for names with two addresses.
    void finish() {
        finishInput();
        inputSections.sort((a, b) -> Long.compareUnsigned(a.address(), b.address()));
        symbols.sort(
                ((Comparator<MapSymbol>) (a, b) -> Long.compareUnsigned(a.address(), b.address()))
                        .thenComparing(MapSymbol::kind));
        removeRepeated();
        Map<String, Long> first = new HashMap<>();
        Set<String> reported = new HashSet<>();
        for (MapSymbol symbol : symbols) {
            Long other = first.putIfAbsent(symbol.name(), symbol.address());
            if (other != null && other != symbol.address() && reported.add(symbol.name())) {
                problem(
                        line,
                        "%s is at two addresses, 0x%x and 0x%x"
                                .formatted(symbol.name(), other, symbol.address()));
            }
        }
        if (droppedProblems > 0) {
            diagnostics.add(Diagnostic.warning(name, droppedProblems + " more problems"));
        }
    }

    private void removeRepeated() {
        Set<String> here = new HashSet<>();
        long address = 0;
        List<MapSymbol> kept = new ArrayList<>(symbols.size());
        for (MapSymbol symbol : symbols) {
            if (symbol.address() != address) {
                here.clear();
                address = symbol.address();
            }
            if (here.add(symbol.name())) {
                kept.add(symbol);
            }
        }
        symbols.clear();
        symbols.addAll(kept);
    }

    List<MemoryRegion> regions() {
        return regions;
    }

    List<OutputSection> outputSections() {
        return outputSections;
    }

    List<InputSection> inputSections() {
        return inputSections;
    }

    List<InputSection> discarded() {
        return discarded;
    }

    List<MapSymbol> symbols() {
        return symbols;
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
