package dev.chipray.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Runs the usual commands once, with their answers thrown away, while the JVM writes down which classes they load; that is
/// what later starts are quick by. The launcher runs it after a build.
final class TrainingRun {

    private TrainingRun() {}

    /// @param args the folder with samples
    public static void main(String[] args) throws IOException {
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Path folder = Path.of(args[0]);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path sample :
                    files.filter(file -> file.toString().endsWith(".log.gz")).sorted().toList()) {
                for (String command : List.of("tree", "report", "leaks", "timeline")) {
                    Main.run(new String[] {command, sample.toString()}, nowhere, nowhere);
                    Main.run(new String[] {command, sample.toString(), "--json"}, nowhere, nowhere);
                }
            }
        }
        Main.run(new String[] {"--help"}, nowhere, nowhere);
    }
}
