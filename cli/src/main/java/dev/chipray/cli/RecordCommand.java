package dev.chipray.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `record`: live captures; each kind is a command of its own below it.
@Command(
        name = "record",
        description = "Records what a running target does, through its debug stub.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class RecordCommand implements Runnable {

    @Spec CommandSpec spec = CommandSpec.create();

    static CommandLine create(Console console) {
        CommandLine line = new CommandLine(new RecordCommand());
        line.addSubcommand(new RecordAllocCommand(console));
        return line;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "record what? one of: " + spec.subcommands().keySet());
    }
}
