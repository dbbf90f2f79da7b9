package dev.chipray.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Runs the usual commands once, with their answers thrown away, while the JVM writes down which classes they load; that is
/// what later starts are quick by. The launcher runs it after a build.
final class TrainingRun {

    private static final int SYMBOLIZE_RUNS = 3;

    private static final int ADDRESSES = 2000;

    private TrainingRun() {}

    /// @param args the folder with samples
    public static void main(String[] args) throws IOException {
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Path folder = Path.of(args[0]);
        for (String log : samples(folder, ".log.gz")) {
            for (String command : List.of("tree", "report", "leaks", "timeline")) {
                Main.run(new String[] {command, log}, nowhere, nowhere);
                Main.run(new String[] {command, log, "--json"}, nowhere, nowhere);
            }
        }
        for (String elf : samples(folder, ".elf")) {
            for (int i = 0; i < SYMBOLIZE_RUNS; i++) {
                Main.run(symbolize(elf), nowhere, nowhere);
            }
            Main.run(new String[] {"symbolize", elf, "0", "--json"}, nowhere, nowhere);
            Main.run(new String[] {"elf", elf}, nowhere, nowhere);
            Main.run(new String[] {"types", elf, "node"}, nowhere, nowhere);
        }
        Main.run(new String[] {"--help"}, nowhere, nowhere);
    }

    private static List<String> samples(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).filter(f -> f.endsWith(ending)).sorted().toList();
        }
    }

    /// Thousands of addresses, so that the JVM also writes down what is hot.
    private static String[] symbolize(String elf) {
        Stream<String> addresses =
                IntStream.range(0, ADDRESSES).mapToObj(i -> Integer.toHexString(2 * i));
        return Stream.concat(Stream.of("symbolize", elf), addresses).toArray(String[]::new);
    }
}
