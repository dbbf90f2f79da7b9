package dev.chipray.cli;

import dev.chipray.dwarf.AddressRange;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfHeader;
import dev.chipray.session.FirmwareSession;
import dev.chipray.symbols.DebugQuality;
import dev.chipray.symbols.FirmwareAbilities;
import dev.chipray.symbols.Interpreter;
import dev.chipray.symbols.MemoryUse;
import dev.chipray.symbols.Symbolizer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `elf`: what is in a firmware.
@Command(
        name = "elf",
        description =
                "Shows what is in a firmware: target, interpreter, debug information, RAM and"
                        + " flash, and what Chipray can do with it.",
        mixinStandardHelpOptions = true)
final class ElfCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "FW.elf", description = "The firmware.")
    @Nullable Path elf;

    @Option(
            names = "--symbols",
            paramLabel = "N",
            description = "How many of the largest symbols to show; 10.")
    int symbols = 10;

    @Option(names = "--json", description = "Print JSON; docs/json.md describes it.")
    boolean json;

    ElfCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path file = elf;
        if (file == null || symbols < 0) {
            throw new UsageException("elf needs an ELF file, and --symbols is not negative");
        }
        try (Symbolizer symbolizer = FirmwareSession.open(file)) {
            MemoryUse use = MemoryUse.of(symbolizer.elf(), symbols);
            DebugQuality quality = DebugQuality.of(symbolizer);
            Optional<Interpreter> interpreter = Interpreter.of(symbolizer.elf());
            FirmwareAbilities abilities =
                    FirmwareAbilities.of(symbolizer, quality, interpreter.isPresent());
            if (json) {
                writeJson(symbolizer, use, quality, interpreter, abilities);
            } else {
                writeText(symbolizer.elf(), use, quality, interpreter, abilities);
                console.printDiagnostics(FirmwareText.diagnostics(symbolizer.elf().diagnostics()));
                console.printDiagnostics(FirmwareText.diagnostics(symbolizer.diagnostics()));
            }
        }
        return ExitStatus.ANSWERED;
    }

    private static String target(ElfFile file) {
        ElfHeader header = file.header();
        String order = header.order() == ByteOrder.LITTLE_ENDIAN ? "little-endian" : "big-endian";
        String kind =
                switch (header.type()) {
                    case ElfHeader.EXECUTABLE -> "executable";
                    case ElfHeader.SHARED -> "position-independent";
                    case ElfHeader.CORE -> "core file";
                    default -> "file type " + header.type();
                };
        return "%s, %d bit, %s, %s"
                .formatted(header.machine(), header.is64() ? 64 : 32, order, kind);
    }

    private void writeText(
            ElfFile file,
            MemoryUse use,
            DebugQuality quality,
            Optional<Interpreter> interpreter,
            FirmwareAbilities abilities) {
        PrintStream out = console.out();
        line("Target", target(file) + ", entry 0x" + Long.toHexString(file.header().entry()));
        file.buildId().ifPresent(id -> line("Build id", id));
        line(
                "Interpreter",
                interpreter
                        .map(found ->
                                (found.name() + " " + found.version()).strip()
                                        + " (by "
                                        + found.evidence()
                                        + ")")
                        .orElse("none that Chipray knows"));
        writeQuality(quality);
        line("RAM", "%s in use; %s".formatted(Text.bytes(use.ram()), ranges(use.ramRanges())));
        line(
                "Flash",
                "%s in use; %s".formatted(Text.bytes(use.flash()), ranges(use.flashRanges())));
        out.println();
        out.println(console.strong("Section                  Address          Size  Where"));
        for (MemoryUse.Section section : use.sections()) {
            String where =
                    section.ram()
                            ? (section.flash() ? "RAM, first value in flash" : "RAM")
                            : "flash";
            out.printf(
                    Locale.ROOT,
                    "%-20s %12s %12s  %s%s%n",
                    Text.printable(section.name()),
                    "0x" + Long.toHexString(section.address()),
                    Text.bytes(section.size()),
                    where,
                    section.ram() && section.code() ? ", code" : "");
        }
        writeSymbols("Largest in RAM", use.largestInRam());
        writeSymbols("Largest in flash", use.largestInFlash());
        writeList("What Chipray can do with it", abilities.possible());
        writeList("What is missing", abilities.missing());
    }

    private void writeQuality(DebugQuality quality) {
        if (quality.units() == 0) {
            line("Debug info", "none");
            return;
        }
        String versions =
                quality.versions().stream().map(String::valueOf).collect(Collectors.joining(", "));
        line(
                "Debug info",
                "DWARF %s, %s units, %s of function code described"
                        .formatted(
                                versions,
                                Text.count(quality.units()),
                                Text.percent(share(quality))));
        quality.compilers()
                .forEach((name, count) ->
                        line(
                                "",
                                "%s (%s units)"
                                        .formatted(Text.printable(name), Text.count(count))));
        line(
                "Unwinding",
                quality.callFrames().isEmpty()
                        ? "no call frame information"
                        : String.join(", ", quality.callFrames()));
    }

    private static double share(DebugQuality quality) {
        return quality.functionBytes() == 0
                ? 0
                : quality.describedBytes() / (double) quality.functionBytes();
    }

    private void line(String label, String text) {
        console.out()
                .printf(
                        Locale.ROOT,
                        "%-12s %s%n",
                        label.isEmpty() ? "" : label + ":",
                        Text.printable(text));
    }

    private static String ranges(List<AddressRange> ranges) {
        return ranges.stream()
                .map(range -> "0x%x-0x%x".formatted(range.low(), range.high()))
                .collect(Collectors.joining(", "));
    }

    private void writeSymbols(String title, List<MemoryUse.Symbol> list) {
        if (list.isEmpty()) {
            return;
        }
        console.out().println();
        console.out().println(console.strong(title));
        for (MemoryUse.Symbol symbol : list) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%12s %12s  %s%s%n",
                            Text.bytes(symbol.size()),
                            "0x" + Long.toHexString(symbol.address()),
                            Text.printable(symbol.name()),
                            symbol.function() ? "()" : "");
        }
    }

    private void writeList(String title, List<String> items) {
        if (items.isEmpty()) {
            return;
        }
        console.out().println();
        console.out().println(console.strong(title));
        items.forEach(item -> console.out().println("  " + item));
    }

    private void writeJson(
            Symbolizer symbolizer,
            MemoryUse use,
            DebugQuality quality,
            Optional<Interpreter> interpreter,
            FirmwareAbilities abilities)
            throws IOException {
        ElfFile file = symbolizer.elf();
        JsonAnswer.write(
                console.out(),
                "elf",
                out -> {
                    out.writeStringProperty("elf", file.bytes().name());
                    out.writeStringProperty("machine", file.header().machine().toString());
                    out.writeNumberProperty("bits", 8 * file.header().wordSize());
                    out.writeStringProperty(
                            "byte_order",
                            file.header().order() == ByteOrder.LITTLE_ENDIAN ? "little" : "big");
                    out.writeStringProperty(
                            "entry", "0x" + Long.toHexString(file.header().entry()));
                    out.writeBooleanProperty("position_independent", file.isPositionIndependent());
                    out.writeStringProperty("build_id", file.buildId().orElse(""));
                    out.writeStringProperty(
                            "interpreter", interpreter.map(Interpreter::name).orElse(""));
                    out.writeStringProperty(
                            "interpreter_version",
                            interpreter.map(Interpreter::version).orElse(""));
                    ElfJson.quality(out, quality);
                    ElfJson.use(out, use);
                    ElfJson.strings(out, "possible", abilities.possible());
                    ElfJson.strings(out, "missing", abilities.missing());
                    FirmwareText.writeDiagnostics(out, symbolizer.diagnostics());
                });
    }
}
