package dev.chipray.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Finds what `testkit/firmware/build` has built; a test whose file is not there is skipped with a message that says
/// how to get it, and fails where the environment says CI=true.
///
/// Nothing is built here: building takes a minute and the `./check` script does it before the tests.
public final class Firmware {
    private Firmware() {}

    /// A built file by its name, such as `arm-O2-dwarf5.elf` or `lua5.3-cortex-m3.elf`.
    public static Path find(String name) {
        for (Path folder : Folders.ALL) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        throw Missing.skip(name + " is not built: run testkit/firmware/build");
    }

    /// Every built ELF file whose name satisfies a condition, sorted by name; the test is skipped when there is none.
    public static List<Path> all(Predicate<String> name) {
        List<Path> found =
                Folders.ALL.stream()
                        .filter(Files::isDirectory)
                        .flatMap(Firmware::list)
                        .filter(file -> name.test(file.getFileName().toString()))
                        .sorted()
                        .toList();
        if (found.isEmpty()) {
            throw Missing.skip("no test program is built: run testkit/firmware/build");
        }
        return found;
    }

    /// Every built ELF file.
    public static List<Path> all() {
        return all(_ -> true);
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".elf")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The repository's root, above whichever module runs the test.
    public static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("testkit/firmware/build"))) {
                return at;
            }
        }
        throw new IllegalStateException("not inside the repository: " + folder);
    }

    /// Asks the build script once, because only it knows the hash in the names of the folders.
    private static final class Folders {
        static final List<Path> ALL = ask();

        private static List<Path> ask() {
            Path script = repository().resolve("testkit/firmware/build");
            Command.Result result = Command.run(List.of("bash", script.toString(), "--where"), 20);
            return result.requireSuccess().output().lines().map(Path::of).toList();
        }
    }
}
