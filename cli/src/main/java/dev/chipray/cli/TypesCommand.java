package dev.chipray.cli;

import dev.chipray.ctype.TypeLayout;
import dev.chipray.session.OutputFile;
import dev.chipray.session.TypeSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `types`: members of C types with offsets and sizes, and layout profiles.
@Command(
        name = "types",
        description = {
            "Shows the members of a C type or variable with their offsets, sizes and holes.",
            "NAME is a type (mp_obj_dict_t, \"struct node\"), a variable, a path (mp_state_ctx.vm.dict_main), or a"
                    + " pattern (\"mp_obj_*\") that lists names; without one all names are listed."
        },
        mixinStandardHelpOptions = true)
final class TypesCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "FW.elf",
            description = "An ELF file with debug information, or a layout profile.")
    String input = "";

    @Parameters(index = "1..*", paramLabel = "NAME", description = "What to show.")
    List<String> names = new ArrayList<>();

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "Levels of structures within structures to show.")
    int depth = TypeLayout.ALL_LEVELS;

    @Option(
            names = "--profile",
            description = {
                "Write a layout profile: names, offsets, sizes and values of the interpreter's types, and of NAME,",
                "which stands in for debug information where a firmware has none."
            })
    boolean profile;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "What the profile is called, such as \"MicroPython 1.27 rp2\".")
    String title = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the profile to this file.")
    @Nullable Path output;

    @Option(names = "--json", description = "Print JSON; docs/json.md describes it.")
    boolean json;

    TypesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (depth < 1) {
            throw new UsageException("--depth is at least 1");
        }
        if (!profile && (output != null || !title.isEmpty())) {
            throw new UsageException("-o and --name go with --profile");
        }
        TypeSession session = TypeSession.open(input);
        if (profile) {
            writeProfile(session);
        } else {
            show(session);
        }
        return ExitStatus.ANSWERED;
    }

    private void writeProfile(TypeSession session) throws IOException {
        byte[] text = session.profile(title, names).getBytes(StandardCharsets.UTF_8);
        console.printDiagnostics(session.diagnostics());
        if (output == null) {
            console.out().write(text);
        } else {
            OutputFile.write(output, out -> out.write(text));
        }
    }

    private void show(TypeSession session) throws IOException {
        List<TypeSession.Answer> answers = new ArrayList<>();
        List<String> listed = new ArrayList<>();
        for (String name : names.isEmpty() ? List.of("*") : names) {
            if (name.indexOf('*') >= 0 || name.indexOf('?') >= 0) {
                listed.addAll(session.names(name));
            } else {
                answers.addAll(session.find(name, depth));
            }
        }
        console.printDiagnostics(session.diagnostics());
        if (json) {
            TypesJson.write(console.out(), session, answers, listed);
            return;
        }
        for (String name : listed) {
            OptionalLong size = session.size(name);
            String shown = size.isPresent() ? Long.toString(size.getAsLong()) : "?";
            console.out().printf("%10s  %s%n", shown, Text.printable(name));
        }
        boolean first = listed.isEmpty();
        for (TypeSession.Answer answer : answers) {
            if (!first) {
                console.out().println();
            }
            first = false;
            print(answer);
        }
    }

    private void print(TypeSession.Answer answer) {
        List<String> lines = answer.layout().toLines();
        console.out().println(console.strong(lines.getFirst()));
        if (answer.address().isPresent() || answer.offset() != 0) {
            String place = "  " + Text.printable(answer.query());
            if (answer.address().isPresent()) {
                place += " is at 0x%08x".formatted(answer.address().getAsLong());
            }
            if (answer.offset() != 0) {
                place +=
                        "%s offset %d (0x%x)"
                                .formatted(
                                        answer.address().isPresent() ? "," : " has",
                                        answer.offset(),
                                        answer.offset());
            }
            console.out().println(place);
        }
        for (String line : lines.subList(1, lines.size())) {
            boolean unused = line.endsWith("-- hole --") || line.endsWith("-- padding --");
            console.out().println(unused ? console.faint(line) : line);
        }
    }
}
