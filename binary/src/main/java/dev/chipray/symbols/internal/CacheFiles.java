package dev.chipray.symbols.internal;

import dev.chipray.elf.ElfFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Where the index of a file is cached: the key is its build id, path, size and time; immutable.
public final class CacheFiles {
    /// How many indexes are kept; each new build of a firmware makes one.
    private static final int KEPT = 32;

    private static final String SUFFIX = ".index";

    private final Path directory;
    private final Path file;
    private final byte[] key;

    private CacheFiles(Path directory, Path file, byte[] key) {
        this.directory = directory;
        this.file = file;
        this.key = key;
    }

    /// The cache file.
    public Path file() {
        return file;
    }

    /// What the head of the cache file must repeat.
    byte[] key() {
        return key;
    }

    /// Opens the cache file; null when it is missing, broken, or made for another key.
    public @Nullable IndexCache open() {
        return IndexCache.open(file, key);
    }

    /// The place of the index of a file.
    public static CacheFiles of(Path path, ElfFile elf, Path directory) throws IOException {
        Path real = path.toRealPath();
        long time = Files.getLastModifiedTime(real).to(TimeUnit.NANOSECONDS);
        String identity = elf.buildId().orElse("") + "\n" + real;
        byte[] key =
                (elf.bytes().size() + "\n" + time + "\n" + identity)
                        .getBytes(StandardCharsets.UTF_8);
        CRC32C hash = new CRC32C();
        hash.update(key, 0, key.length);
        String name = "%08x-%x-%x%s".formatted(hash.getValue(), elf.bytes().size(), time, SUFFIX);
        Path absolute = directory.toAbsolutePath();
        return new CacheFiles(absolute, absolute.resolve(name), key);
    }

    /// Writes the index when something was parsed that it lacks; failures are ignored, since a cache is no result.
    public void save(UnitStore store, @Nullable IndexCache before) {
        try (before) {
            if (store.hasNews() && store.size() > 0) {
                Files.createDirectories(directory);
                IndexCache.write(directory, file, key, store, before);
                prune(directory);
            }
        } catch (IOException | UncheckedIOException e) {
            // A full disk or a read-only home costs time, not answers.
            return;
        }
    }

    private static void prune(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> old =
                    files.filter(path -> path.toString().endsWith(SUFFIX))
                            .sorted(Comparator.comparing(CacheFiles::time).reversed())
                            .skip(KEPT)
                            .toList();
            for (Path path : old) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static FileTime time(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
