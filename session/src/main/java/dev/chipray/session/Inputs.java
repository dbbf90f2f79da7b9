package dev.chipray.session;

import dev.chipray.ingest.gclog.GcLogSource;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/// Opens what the user named; the one place where failures get the input's name and words that a user knows.
final class Inputs {

    /// Work that may fail with the input.
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    private Inputs() {}

    static AllocationSource open(InputRequest request) throws IOException {
        return withName(request, () -> recognise(request));
    }

    private static AllocationSource recognise(InputRequest request) throws IOException {
        if (request.isStandardInput()) {
            return GcLogSource.of(System.in);
        }
        Path file = Path.of(request.path());
        if (Files.isDirectory(file)) {
            throw new InputFailedException(request.name(), "is a folder; name a file in it", null);
        }
        return GcLogSource.open(file);
    }

    static <T> T withName(InputRequest request, Work<T> work) throws IOException {
        String name = request.name();
        try {
            return work.run();
        } catch (InputFailedException e) {
            throw e;
        } catch (InputException e) {
            throw new InputFailedException(name, String.valueOf(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new InputFailedException(name, "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new InputFailedException(name, "may not be read", e);
        } catch (EOFException | ZipException e) {
            throw new InputFailedException(
                    name, "the compressed file is damaged or cut: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InputFailedException(name, String.valueOf(e.getMessage()), e);
        }
    }
}
