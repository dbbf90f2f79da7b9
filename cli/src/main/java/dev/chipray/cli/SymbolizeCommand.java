package dev.chipray.cli;

import dev.chipray.session.FirmwareSession;
import dev.chipray.symbols.Addr2LineFormat;
import dev.chipray.symbols.CxxFilt;
import dev.chipray.symbols.SourceFrame;
import dev.chipray.symbols.Symbolizer;
import dev.chipray.symbols.TextAnnotator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/// `symbolize`: names for addresses.
@Command(
        name = "symbolize",
        description = {
            "Prints function, file and line of addresses, inlined calls included, as addr2line -a"
                    + " -f -i -p does.",
            "Without addresses it copies standard input and puts names beside every address in it."
        },
        mixinStandardHelpOptions = true)
final class SymbolizeCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "FW.elf",
            description = "The firmware, with debug information.")
    @Nullable Path elf;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "ADDR",
            description =
                    "Addresses in hex, with or without 0x; - reads them from standard input, one a"
                            + " line.")
    List<String> addresses = List.of();

    @Option(
            names = {"-C", "--demangle"},
            description = "C++ names as in the source, through c++filt.")
    boolean demangle;

    @Option(
            names = "--load-bias",
            paramLabel = "ADDR",
            description =
                    "What the loader added to the addresses of a position-independent program, in"
                            + " hex.")
    @Nullable String loadBias;

    @Option(names = "--json", description = "Print JSON; docs/json.md describes it.")
    boolean json;

    SymbolizeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path file = elf;
        if (file == null) {
            throw new UsageException("symbolize needs an ELF file");
        }
        boolean fromInput = addresses.size() == 1 && addresses.getFirst().equals("-");
        long[] wanted =
                fromInput
                        ? AddressLines.read(System.in)
                        : addresses.stream().mapToLong(AddressLines::parse).toArray();
        try (Symbolizer opened = FirmwareSession.open(file);
                CxxFilt filter = new CxxFilt()) {
            Symbolizer symbolizer =
                    loadBias == null ? opened : opened.withLoadBias(AddressLines.parse(loadBias));
            UnaryOperator<String> names = demangle ? filter::demangle : UnaryOperator.identity();
            if (json) {
                writeJson(symbolizer, wanted, names);
            } else if (fromInput || wanted.length > 0) {
                writeLines(symbolizer, wanted, names);
            } else {
                annotate(symbolizer, names);
            }
            console.out().flush();
            report(symbolizer);
        }
        return ExitStatus.ANSWERED;
    }

    private void report(Symbolizer symbolizer) {
        console.printDiagnostics(FirmwareText.diagnostics(symbolizer.diagnostics()));
    }

    private void writeLines(Symbolizer symbolizer, long[] wanted, UnaryOperator<String> names)
            throws IOException {
        Addr2LineFormat format =
                demangle
                        ? new Addr2LineFormat(symbolizer, console.out(), names)
                        : new Addr2LineFormat(symbolizer, console.out());
        for (long address : wanted) {
            format.write(address);
        }
        format.flush();
    }

    private static BufferedReader standardInput() {
        return new BufferedReader(
                new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16);
    }

    private void annotate(Symbolizer symbolizer, UnaryOperator<String> names) throws IOException {
        TextAnnotator annotator = new TextAnnotator(symbolizer, names);
        BufferedReader in = standardInput();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            console.out().println(annotator.annotate(line));
            if (!in.ready()) {
                // Whoever watches a serial console wants the line now.
                console.out().flush();
            }
        }
    }

    private void writeJson(Symbolizer symbolizer, long[] wanted, UnaryOperator<String> names)
            throws IOException {
        JsonAnswer.write(
                console.out(),
                "symbolize",
                out -> {
                    out.writeStringProperty("elf", symbolizer.elf().bytes().name());
                    out.writeArrayPropertyStart("addresses");
                    for (long address : wanted) {
                        out.writeStartObject();
                        out.writeStringProperty("address", "0x" + Long.toHexString(address));
                        out.writeArrayPropertyStart("frames");
                        for (SourceFrame frame : symbolizer.frames(address)) {
                            write(out, frame, names);
                        }
                        out.writeEndArray();
                        out.writeEndObject();
                    }
                    out.writeEndArray();
                    FirmwareText.writeDiagnostics(out, symbolizer.diagnostics());
                });
    }

    private static void write(JsonGenerator out, SourceFrame frame, UnaryOperator<String> names) {
        out.writeStartObject();
        out.writeStringProperty("function", names.apply(frame.linkageName()));
        out.writeStringProperty("source_name", frame.function());
        out.writeStringProperty("file", frame.file());
        out.writeNumberProperty("line", frame.line());
        out.writeNumberProperty("column", frame.column());
        out.writeBooleanProperty("inlined", frame.inlined());
        out.writeEndObject();
    }
}
