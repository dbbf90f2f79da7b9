package dev.chipray.linkermap.internal;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.linkermap.InputSection;
import dev.chipray.linkermap.MapSymbol;
import dev.chipray.linkermap.MemoryRegion;
import dev.chipray.linkermap.OutputSection;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the parts of a map in one pass over its lines; for one thread, once.
///
/// GNU ld writes a name that does not fit its column on a line of its own; such a name waits in [#pending] for the
/// numbers on the next line. Column 0 starts an output section, column 1 an input section or a pattern of the script,
/// and deeper lines hold symbols, assignments and the second halves.
public final class MapParser {
    /// The parts of a map, by their headings.
    private enum Part {
        PREAMBLE,
        COMMON,
        DISCARDED,
        MEMORY,
        MAP,
        AFTER
    }

    private final String name;
    private final MapContents contents;
    private Part part = Part.PREAMBLE;
    private @Nullable String pending;
    private boolean pendingOutput;
    private boolean known;

    /// Prepares to read; `name` is for messages.
    public MapParser(String name) {
        this.name = name;
        this.contents = new MapContents(name);
    }

    /// Reads to the end of the stream.
    public void read(InputStream in) throws IOException {
        MapLines lines = new MapLines(in);
        long bytes = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            bytes += line.length();
            if (lines.cut()) {
                contents.problem(lines.number(), "a line of more than 64 KiB was cut");
            }
            if (!line.isEmpty() && !heading(line)) {
                contents.line(lines.number());
                body(line);
            }
        }
        if (!known) {
            throw new MalformedException(
                    name, 0, "not a map of GNU ld: none of its headings", bytes);
        }
        if (part.compareTo(Part.MAP) < 0) {
            contents.problem(
                    lines.number(),
                    "the part \"Linker script and memory map\" is missing: the file may be cut");
        }
        contents.finish();
    }

    private boolean heading(String line) {
        if (line.charAt(0) <= ' ') {
            return false;
        }
        Part next =
                line.startsWith("Common symbol ") || line.equals("Allocating common symbols")
                        ? Part.COMMON
                        : switch (line) {
                            case "Discarded input sections" -> Part.DISCARDED;
                            case "Memory Configuration" -> Part.MEMORY;
                            case "Linker script and memory map" -> Part.MAP;
                            case "Cross Reference Table" -> Part.AFTER;
                            default -> null;
                        };
        if (next == null) {
            return false;
        }
        known = true;
        part = next;
        pending = null;
        return true;
    }

    private void body(String line) {
        switch (part) {
            case COMMON -> common(line);
            case DISCARDED -> discardedSection(line);
            case MEMORY -> region(line);
            case MAP -> mapLine(line);
            case PREAMBLE, AFTER -> {}
        }
    }

    private void common(String line) {
        LineScanner scanner = new LineScanner(line, 0);
        String symbol = line.charAt(0) > ' ' ? scanner.word() : pending;
        pending = null;
        if (symbol == null) {
            return;
        }
        if (scanner.takeNumber()) {
            contents.common(symbol, scanner.number());
        } else if (scanner.rest().isEmpty()) {
            pending = symbol;
        }
    }

    private void region(String line) {
        LineScanner scanner = new LineScanner(line, 0);
        String region = scanner.word();
        if (!scanner.takeNumber()) {
            return;
        }
        long origin = scanner.number();
        if (scanner.takeNumber() && !region.equals("*default*")) {
            contents.region(new MemoryRegion(region, origin, scanner.number(), scanner.rest()));
        }
    }

    private void discardedSection(String line) {
        LineScanner scanner = new LineScanner(line, 0);
        String section = startsAtColumnOne(line) ? scanner.word() : pending;
        pending = null;
        if (section == null) {
            return;
        }
        if (!scanner.takeNumber()) {
            pending = scanner.rest().isEmpty() ? section : null;
        } else if (scanner.takeNumber()) {
            contents.discarded(section, scanner.number(), scanner.rest());
        }
    }

    private static boolean startsAtColumnOne(String line) {
        return line.charAt(0) == ' ' && line.length() > 1 && line.charAt(1) > ' ';
    }

    private void mapLine(String line) {
        if (line.charAt(0) > ' ') {
            outputSection(line);
        } else if (startsAtColumnOne(line)) {
            inputSection(line);
        } else {
            deeperLine(line);
        }
    }

    private void outputSection(String line) {
        pending = null;
        LineScanner scanner = new LineScanner(line, 0);
        String section = scanner.word();
        if (scanner.takeNumber()) {
            finishOutputSection(section, scanner);
        } else if (scanner.rest().isEmpty()) {
            pending = section;
            pendingOutput = true;
            contents.output(section);
        }
        // Everything else is a command: LOAD file, START GROUP, OUTPUT(…).
    }

    private void finishOutputSection(String section, LineScanner scanner) {
        long address = scanner.number();
        if (!scanner.takeNumber()) {
            return;
        }
        long size = scanner.number();
        long loadAddress = address;
        if (scanner.rest().startsWith("load address")) {
            scanner.word();
            scanner.word();
            if (scanner.takeNumber()) {
                loadAddress = scanner.number();
            }
        }
        contents.output(new OutputSection(section, address, size, loadAddress));
    }

    private void inputSection(String line) {
        pending = null;
        LineScanner scanner = new LineScanner(line, 1);
        String section = scanner.word();
        if (scanner.takeNumber()) {
            long address = scanner.number();
            if (scanner.takeNumber()) {
                contents.input(section, address, scanner.number(), scanner.rest());
            }
        } else if (scanner.rest().isEmpty() && section.indexOf('(') < 0) {
            pending = section;
            pendingOutput = false;
        }
    }

    private void deeperLine(String line) {
        String section = pending;
        pending = null;
        LineScanner scanner = new LineScanner(line, 0);
        if (!scanner.takeNumber()) {
            return;
        }
        long address = scanner.number();
        if (section != null) {
            if (pendingOutput) {
                finishOutputSection(section, scanner);
                return;
            }
            if (scanner.takeNumber()) {
                contents.input(section, address, scanner.number(), scanner.rest());
                return;
            }
        }
        if (!scanner.takeNumber()) {
            contents.symbol(address, scanner.rest());
        }
        // With a second number it is data of the script, such as "0x… 0x4 LONG 0x1".
    }

    /// The regions found.
    public List<MemoryRegion> regions() {
        return contents.regions();
    }

    /// The output sections found.
    public List<OutputSection> outputSections() {
        return contents.outputSections();
    }

    /// The placed input sections, sorted by address.
    public List<InputSection> inputSections() {
        return contents.inputSections();
    }

    /// The discarded input sections.
    public List<InputSection> discarded() {
        return contents.discarded();
    }

    /// The symbols, sorted by address.
    public List<MapSymbol> symbols() {
        return contents.symbols();
    }

    /// What was doubtful.
    public List<Diagnostic> diagnostics() {
        return new ArrayList<>(contents.diagnostics());
    }
}
