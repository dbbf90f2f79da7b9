package dev.chipray.cli;

import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.UnsupportedException;
import dev.chipray.trace.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/// All commands put together, and the one place where a failure becomes a line for the user and an exit status.
@Command(
        name = "chipray",
        description =
                "Shows what the memory and the processor of a microcontroller do while it runs an"
                        + " interpreter.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%n",
        footer = {
            "Exit status: 0 answered, 1 no answer, 2 wrong usage, 3 a check was not met.",
            "Start with: chipray report INPUT"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class Commands {

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "On a failure, print where in the program it happened.")
    boolean debug;

    /// Every command by its name, in the order of `--help`.
    private static final Map<String, Function<Console, ?>> ALL = all();

    private static Map<String, Function<Console, ?>> all() {
        Map<String, Function<Console, ?>> all = new LinkedHashMap<>();
        all.put("report", ReportCommand::new);
        all.put("tree", TreeCommand::new);
        all.put("leaks", LeaksCommand::new);
        all.put("timeline", TimelineCommand::new);
        all.put("diff", DiffCommand::new);
        all.put("check", CheckCommand::new);
        all.put("export", ExportCommand::new);
        all.put("elf", ElfCommand::new);
        all.put("symbolize", SymbolizeCommand::new);
        all.put("types", TypesCommand::new);
        all.put("target", TargetCommand::new);
        all.put("heap", HeapCommand::new);
        all.put("object", ObjectCommand::new);
        all.put("path", PathCommand::new);
        all.put("retained", RetainedCommand::new);
        all.put("record", RecordCommand::create);
        return all;
    }

    private final Console console;

    private Commands(Console console) {
        this.console = console;
    }

    /// The command line that runs `args`: with the one command that they name, or with all of them.
    static CommandLine create(Console console, String[] args) {
        Commands root = new Commands(console);
        CommandLine line = new CommandLine(root);
        add(line, args, console);
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(console.isStyled() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(Math.clamp(console.width(), 60, 110));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(root::wrongUsage);
        line.setExecutionExceptionHandler(root::failed);
        line.setExecutionStrategy(root::execute);
        return line;
    }

    private static void add(CommandLine line, String[] args, Console console) {
        Function<Console, ?> named = args.length == 0 ? null : ALL.get(args[0]);
        if (named != null) {
            // Describing one command in place of all makes every start shorter by a sixth.
            line.addSubcommand(named.apply(console));
            return;
        }
        for (Function<Console, ?> command : ALL.values()) {
            line.addSubcommand(command.apply(console));
        }
    }

    private int execute(ParseResult parsed) {
        if (!parsed.hasSubcommand()
                && !parsed.isUsageHelpRequested()
                && !parsed.isVersionHelpRequested()) {
            parsed.commandSpec().commandLine().usage(console.out());
            return ExitStatus.USAGE;
        }
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (OutOfMemoryError e) {
            console.err()
                    .println(
                            "chipray: not enough memory for this input within "
                                    + Text.bytes(Runtime.getRuntime().maxMemory())
                                    + "; give more with CHIPRAY_JAVA_OPTIONS=-Xmx8g");
            return ExitStatus.NO_ANSWER;
        }
    }

    private int wrongUsage(ParameterException problem, String[] args) {
        CommandLine line = problem.getCommandLine();
        console.err().println("chipray: " + Text.printable(String.valueOf(problem.getMessage())));
        console.err().println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitStatus.USAGE;
    }

    private int failed(Exception problem, CommandLine line, ParseResult parsed) {
        if (debug) {
            problem.printStackTrace(console.err());
        }
        console.out().flush();
        console.err().println("chipray: " + Text.printable(lineFor(problem)));
        return problem instanceof UsageException ? ExitStatus.USAGE : ExitStatus.NO_ANSWER;
    }

    private static String lineFor(Exception problem) {
        String message = String.valueOf(problem.getMessage());
        return switch (problem) {
            case NoSuchFileException e -> e.getFile() + ": there is no such file";
            case FileNotFoundException e -> message;
            case AccessDeniedException e -> e.getFile() + ": may not be read or written";
            case FileSystemException e -> message;
            case IOException e -> message;
            case InputException e -> message;
            case UsageException e -> message;
            case MalformedException e -> message;
            case UnsupportedException e -> message;
            default -> "internal error: " + problem + "; --debug shows where, please report it";
        };
    }
}
