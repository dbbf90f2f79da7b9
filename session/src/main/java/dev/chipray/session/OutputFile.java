package dev.chipray.session;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes a file whole or not at all: whatever fails in between, a file that was there before is still there.
public final class OutputFile {

    /// Fills a file.
    @FunctionalInterface
    public interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    private OutputFile() {}

    /// Writes `file` by way of a temporary one beside it; what is no regular file is written to directly.
    public static void write(Path file, Writer writer) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            writeDirectly(file, writer);
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(String.valueOf(folder));
        }
        // Not a temporary file of the system's making: those are for their owner alone, and this
        // one is to be shared.
        Path part =
                folder.resolve(
                        "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            writeDirectly(part, writer);
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void writeDirectly(Path file, Writer writer) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            writer.writeTo(out);
        }
    }

    private static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
